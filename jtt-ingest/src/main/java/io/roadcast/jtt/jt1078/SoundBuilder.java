package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.AdpcmDecoder;
import io.roadcast.media.audio.FrameHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Names the codec of a channel's sound and strips the vendor's header. Used by one thread.
 *
 * <p>What a packet's payload type says is not always so: some senders put a video payload type on
 * sound, or the usual one on whatever they send. Then the codec that the bytes themselves show is
 * taken, else the one that the channel's sound had before, and G.711 A-law, which nearly all
 * terminals send, when there was none.
 */
public final class SoundBuilder {
  private static final int HISILICON_BYTES = 4;

  /** Shorter ones may begin like a frame of MP3 by chance. */
  private static final int SHORTEST_MP3_BYTES = 24;

  /** Blocks of ADPCM hold whole fives of milliseconds behind their state. */
  private static final int ADPCM_STATE_BYTES = 4;

  private static final int ADPCM_STEP_BYTES = 20;

  /** So many blocks in a row that look like ADPCM are ADPCM. */
  private static final int PERSUASION = 3;

  private final @Nullable Codec known;
  private Codec last = Codec.PCMA;
  private int likeAdpcm;

  /**
   * @param known the codec, whatever the packets say; null to believe them
   */
  public SoundBuilder(@Nullable Codec known) {
    this.known = known;
  }

  /**
   * The codec of a block of sound.
   *
   * @param frame without the vendor's header
   */
  public Codec codec(int payloadType, ByteBuffer frame) {
    if (known != null) {
      return known;
    }
    if (FrameHeader.ADTS.fits(frame)) {
      return Codec.AAC;
    }
    if (frame.remaining() >= SHORTEST_MP3_BYTES && FrameHeader.MP3.fits(frame)) {
      return Codec.MP3;
    }
    if (PayloadTypes.audio(payloadType)) {
      last = PayloadTypes.audioCodec(payloadType);
    }
    return last == Codec.PCMA || last == Codec.PCMU ? adpcmOr(last, frame) : last;
  }

  /** Blocks of G.711 are not as long, and do not begin like that time after time. */
  private Codec adpcmOr(Codec announced, ByteBuffer frame) {
    int samples = frame.remaining() - ADPCM_STATE_BYTES;
    boolean alike =
        samples > 0
            && samples % ADPCM_STEP_BYTES == 0
            && AdpcmDecoder.plausible(frame)
            && !beginsLikeHisilicon(frame);
    likeAdpcm = alike ? Math.min(likeAdpcm + 1, PERSUASION) : 0;
    return likeAdpcm == PERSUASION ? Codec.ADPCM : announced;
  }

  /** The header of a block that is too long for its one byte of length to fit. */
  private static boolean beginsLikeHisilicon(ByteBuffer frame) {
    return frame.get(frame.position()) == 0 && frame.get(frame.position() + 1) == 1;
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
}
