package io.roadcast.media.audio;

/**
 * The predictor of IMA ADPCM (IMA Digital Audio Focus, 1992; RFC 3551 section 4.5.1 calls it DVI4):
 * four bits per sample.
 */
final class ImaAdpcm {
  static final int MAX_INDEX = 88;

  private static final int[] STEPS = {
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73,
    80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494,
    544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499,
    2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442,
    11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767
  };
  private static final int[] INDEX_CHANGES = {-1, -1, -1, -1, 2, 4, 6, 8};

  private int predictor;
  private int index;

  void start(int newPredictor, int newIndex) {
    predictor = newPredictor;
    index = newIndex;
  }

  int predictor() {
    return predictor;
  }

  int index() {
    return index;
  }

  /** The next sample, of the low four bits of {@code code}. */
  short decode(int code) {
    int step = STEPS[index];
    int change = step >> 3;
    change += (code & 4) != 0 ? step : 0;
    change += (code & 2) != 0 ? step >> 1 : 0;
    change += (code & 1) != 0 ? step >> 2 : 0;
    predictor =
        Math.clamp(
            (code & 8) != 0 ? predictor - change : predictor + change,
            Short.MIN_VALUE,
            Short.MAX_VALUE);
    index = Math.clamp(index + INDEX_CHANGES[code & 7], 0, MAX_INDEX);
    return (short) predictor;
  }

  /** The four bits that bring the predictor nearest to a sample. */
  int encode(int sample) {
    int step = STEPS[index];
    int difference = sample - predictor;
    int code = difference < 0 ? 8 : 0;
    int left = Math.abs(difference);
    for (int bit = 4; bit > 0; bit >>= 1) {
      if (left >= step) {
        code |= bit;
        left -= step;
      }
      step >>= 1;
    }
    decode(code);
    return code;
  }
}
