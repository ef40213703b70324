package io.roadcast.jtt.jt808;

/** A message's body breaks its layout. The text says where and holds nothing of the message. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final BodyFault fault;

  MalformedMessageException(BodyFault fault, String detail) {
    super(detail);
    this.fault = fault;
  }

  public BodyFault fault() {
    return fault;
  }
}
