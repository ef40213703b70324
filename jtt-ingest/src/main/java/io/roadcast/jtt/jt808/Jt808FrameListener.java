package io.roadcast.jtt.jt808;

/** Takes what a {@link Jt808FrameDecoder} finds, on the decoder's thread. */
public interface Jt808FrameListener {
  /** A sound frame. */
  void frame(Jt808Frame frame);

  /**
   * Bytes that are no frame; decoding goes on at the next 0x7e. Who calls the decoder decides when
   * it was enough.
   *
   * @param bytes how many were dropped, as far as they have come
   */
  void fault(FrameFault fault, int bytes);
}
