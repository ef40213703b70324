package io.roadcast.jtt.jt808;

/**
 * One frame of the vehicle's bus.
 *
 * @param canId bit 31 channel, 30 extended, 29 averaged, 0-28 the id
 * @param data 8 bytes
 */
public record CanFrame(long canId, Bytes data) {
  private static final int DATA_BYTES = 8;

  static CanFrame read(BodyReader in) throws MalformedMessageException {
    return new CanFrame(in.u32(), in.bytes(DATA_BYTES));
  }

  void write(BodyWriter out) {
    out.u32(canId).bytes(data, DATA_BYTES);
  }
}
