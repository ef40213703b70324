package io.roadcast.media.ffmpeg;

import io.roadcast.media.audio.FramePace;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundCoding.Packing;
import io.roadcast.media.audio.SoundDecoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * G.726, which says neither its rate nor which sample of a byte is first. The rate follows from how
 * many bytes come in a time; until it is known nothing is decoded. At 24 and 40 kbit/s both
 * packings are decoded then: the wrong one is noise of nearly full scale, so the one that changes
 * far less from sample to sample is right; while that is not clear, the smoother one is heard. At
 * 16 and 32 kbit/s whole samples share a byte, and the wrong packing only exchanges neighbours,
 * which cannot be told from the sound: the usual one is taken unless another is configured.
 */
final class G726Decoder implements SoundDecoder {
  private static final int SAMPLE_RATE = 8000;

  /** Half a second is judged at a time. */
  private static final int SAMPLES_PER_VERDICT = SAMPLE_RATE / 2;

  /** By what factor one must be rougher than the other to be wrong. */
  private static final double CLEARLY = 2;

  private final FramePace pace = new FramePace();
  private final int knownBits;
  private Packing packing;
  private @Nullable Attempt lowFirst;
  private @Nullable Attempt highFirst;

  /** One of the packings, with how much it changes from sample to sample. */
  private static final class Attempt implements Output {
    private final SoundDecoder decoder;
    private short[] decoded = {};
    private boolean failed;
    private long roughness;
    private int judged;
    private short last;

    Attempt(String name, int bits) {
      decoder = new FfmpegSoundDecoder(name, SAMPLE_RATE, bits, new byte[0]);
    }

    void decode(ByteBuffer frame, long stampMicros) {
      decoded = new short[0];
      failed = false;
      decoder.decode(frame, stampMicros, this);
    }

    void handTo(Output out) {
      if (failed) {
        out.damaged();
      }
      out.samples(decoded, SAMPLE_RATE);
    }

    @Override
    public void samples(short[] samples, int sampleRate) {
      for (short sample : samples) {
        roughness += Math.abs(sample - last);
        last = sample;
      }
      judged += samples.length;
      decoded = samples;
    }

    @Override
    public void damaged() {
      failed = true;
    }
  }

  G726Decoder(SoundCoding coding) {
    knownBits = coding.bits();
    packing = coding.packing();
  }

  @Override
  public void decode(ByteBuffer frame, long stampMicros, Output out) {
    if (lowFirst == null && highFirst == null) {
      pace.add(frame.remaining() * 8L, stampMicros);
      int bits = knownBits != 0 ? knownBits : bitsOfPace();
      if (bits == 0) {
        return;
      }
      if (packing == Packing.FOUND_OUT && bits % 2 == 0) {
        packing = Packing.LOW_FIRST;
      }
      lowFirst = packing == Packing.HIGH_FIRST ? null : new Attempt("g726le", bits);
      highFirst = packing == Packing.LOW_FIRST ? null : new Attempt("g726", bits);
    }
    Attempt low = lowFirst;
    Attempt high = highFirst;
    if (low != null) {
      low.decode(frame, stampMicros);
    }
    if (high != null) {
      high.decode(frame, stampMicros);
    }
    boolean highSounds = low == null || (high != null && high.roughness < low.roughness);
    Attempt heard = highSounds ? high : low;
    if (heard != null) {
      heard.handTo(out);
    }
    decide();
  }

  private int bitsOfPace() {
    double perSecond = pace.perSecond();
    return perSecond == 0 ? 0 : FramePace.nearest(perSecond / SAMPLE_RATE, 2, 3, 4, 5);
  }

  private void decide() {
    if (lowFirst == null || highFirst == null || lowFirst.judged < SAMPLES_PER_VERDICT) {
      return;
    }
    if (lowFirst.roughness > CLEARLY * highFirst.roughness) {
      packing = Packing.HIGH_FIRST;
      lowFirst.decoder.close();
      lowFirst = null;
    } else if (highFirst.roughness > CLEARLY * lowFirst.roughness) {
      packing = Packing.LOW_FIRST;
      highFirst.decoder.close();
      highFirst = null;
    } else {
      lowFirst.judged = 0;
      lowFirst.roughness = 0;
      highFirst.roughness = 0;
    }
  }

  /** What was found out, for tests. */
  Packing packing() {
    return packing;
  }

  @Override
  public void close() {
    if (lowFirst != null) {
      lowFirst.decoder.close();
    }
    if (highFirst != null) {
      highFirst.decoder.close();
    }
  }
}
