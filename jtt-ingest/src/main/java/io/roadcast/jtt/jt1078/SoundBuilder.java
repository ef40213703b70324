package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;
import java.nio.ByteBuffer;

/**
 * Names the codec of a channel's sound and strips the vendor's header. Used by one thread.
 *
 * <p>Some senders put a video payload type on sound; then the codec that the channel's sound had
 * before is taken, and G.711 A-law, which nearly all terminals send, when there was none.
 */
public final class SoundBuilder {
  private static final int HISILICON_BYTES = 4;

  private Codec last = Codec.PCMA;

  /** The codec of a block of sound whose samples are {@code frame}. */
  public Codec codec(int payloadType, ByteBuffer frame) {
    if (PayloadTypes.audio(payloadType)) {
      last = PayloadTypes.audioCodec(payloadType);
      return last;
    }
    return startsWithAdts(frame) ? Codec.AAC : last;
  }

  /**
   * The frame without its Hisilicon header {@code 00 01 LL 00}, LL being the number of 16-bit words
   * that follow; the frame itself when it has none. Terminals differ per packet, so each is
   * checked.
   */
  public static ByteBuffer withoutHisiliconHeader(ByteBuffer frame) {
    int at = frame.position();
    int rest = frame.remaining() - HISILICON_BYTES;
    boolean header =
        rest > 0
            && frame.get(at) == 0
            && frame.get(at + 1) == 1
            && frame.get(at + 3) == 0
            && 2 * (frame.get(at + 2) & 0xff) == rest;
    return header ? frame.slice(at + HISILICON_BYTES, rest) : frame.slice();
  }

  private static boolean startsWithAdts(ByteBuffer frame) {
    return frame.remaining() > 7
        && frame.get(frame.position()) == (byte) 0xff
        && (frame.get(frame.position() + 1) & 0xf6) == 0xf0;
  }
}
