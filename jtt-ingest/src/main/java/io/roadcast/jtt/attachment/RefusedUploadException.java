package io.roadcast.jtt.attachment;

/** Something of an upload is not taken. */
final class RefusedUploadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final AttachmentFault fault;

  RefusedUploadException(AttachmentFault fault) {
    super(fault.label(), null, false, false);
    this.fault = fault;
  }

  AttachmentFault fault() {
    return fault;
  }
}
