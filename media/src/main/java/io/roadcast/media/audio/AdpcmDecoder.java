package io.roadcast.media.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decodes the ADPCM of JT/T 1078 (payload type 26, and 10 to 13, DVI4): each block begins with the
 * state of its coder, a 16-bit sample, an index of 0 to 88 and a zero, and is decodable by itself.
 *
 * <p>Cameras seen so far write the sample with its low byte first and the earlier sample of a byte
 * in the high bits. Others exist; but the state in which a block ends is the one with which the
 * next one begins, and so the right reading gives itself away within a few blocks. One thread at a
 * time.
 */
public final class AdpcmDecoder implements SoundDecoder {
  private static final int HEADER_BYTES = 4;
  private static final int USUAL_RATE = 8000;

  /** How many blocks more than the present reading another must have explained to replace it. */
  private static final int PERSUASION = 3;

  private static final int MAX_SCORE = 50;

  private final int knownRate;
  private final FramePace pace = new FramePace();
  private final Reading[] readings = {
    new Reading(ByteOrder.LITTLE_ENDIAN, 4), new Reading(ByteOrder.BIG_ENDIAN, 4),
    new Reading(ByteOrder.LITTLE_ENDIAN, 0), new Reading(ByteOrder.BIG_ENDIAN, 0)
  };
  private Reading chosen = readings[0];

  /** One way to read a block. */
  private static final class Reading {
    private final ByteOrder order;
    private final int firstShift;
    private final ImaAdpcm state = new ImaAdpcm();
    private boolean ended;
    private int score;

    Reading(ByteOrder order, int firstShift) {
      this.order = order;
      this.firstShift = firstShift;
    }

    /** Decodes a block after having looked whether it goes on where the last one ended. */
    short[] decode(ByteBuffer block) {
      int at = block.position();
      int predictor = block.duplicate().order(order).getShort(at);
      int index = block.get(at + 2) & 0xff;
      if (ended && state.predictor() == predictor && state.index() == index) {
        score = Math.min(score + 1, MAX_SCORE);
      }
      state.start(predictor, index);
      short[] samples = new short[2 * (block.remaining() - HEADER_BYTES)];
      for (int i = 0; i < samples.length; i += 2) {
        int two = block.get(at + HEADER_BYTES + i / 2);
        samples[i] = state.decode(two >> firstShift);
        samples[i + 1] = state.decode(two >> (4 - firstShift));
      }
      ended = true;
      return samples;
    }
  }

  /**
   * @param sampleRate 0 to find it out: 8000 until it is clear that it is 16000
   */
  public AdpcmDecoder(int sampleRate) {
    this.knownRate = sampleRate;
  }

  /** Whether a frame can be a block of this coding. */
  public static boolean plausible(ByteBuffer frame) {
    int at = frame.position();
    return frame.remaining() > HEADER_BYTES
        && (frame.get(at + 2) & 0xff) <= ImaAdpcm.MAX_INDEX
        && frame.get(at + 3) == 0;
  }

  @Override
  public void decode(ByteBuffer frame, long stampMicros, Output out) {
    if (!plausible(frame)) {
      out.damaged();
      return;
    }
    short[] samples = {};
    for (Reading reading : readings) {
      short[] read = reading.decode(frame);
      samples = reading == chosen ? read : samples;
    }
    pace.add(samples.length, stampMicros);
    out.samples(samples, sampleRate());
    for (Reading reading : readings) {
      if (reading.score >= chosen.score + PERSUASION) {
        chosen = reading;
      }
    }
  }

  private int sampleRate() {
    if (knownRate != 0) {
      return knownRate;
    }
    double perSecond = pace.perSecond();
    return perSecond == 0 ? USUAL_RATE : FramePace.nearest(perSecond, USUAL_RATE, 2 * USUAL_RATE);
  }

  /** How many blocks went on where the one before had ended, as they are read now; for tests. */
  int continued() {
    return chosen.score;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
