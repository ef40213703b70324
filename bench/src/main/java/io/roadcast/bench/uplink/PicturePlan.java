package io.roadcast.bench.uplink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * One group of pictures as packets, with the places where each terminal writes its own id, sequence
 * and time. The pictures have real parameter sets and noise for slices: a server that only forwards
 * cannot tell.
 */
final class PicturePlan {
  /** Constrained Baseline, level 3.0, 640x360. */
  private static final byte[] PARAMETER_SETS =
      HexFormat.of().parseHex("000000016742c01eda0280bfe5400000000168ce3c80");

  private static final int H264 = 98;
  private static final int KEYFRAME_WEIGHT = 5;
  private static final int I_FRAME = 0;
  private static final int P_FRAME = 1;
  private static final byte CHANNEL = 1;

  // JT/T 1078-2016 table 19, with an id of 6 bytes.
  private static final int MAGIC = 0x30316364;
  private static final int HEADER_BYTES = 30;
  private static final int MAX_BODY_BYTES = 950;
  static final int SEQUENCE_OFFSET = 6;
  static final int ID_OFFSET = 8;
  static final int ID_BYTES = 6;
  static final int TIME_OFFSET = 16;

  /**
   * A picture.
   *
   * @param bytes its packets, one behind the other
   * @param packets where each begins
   */
  record Picture(byte[] bytes, int[] packets) {}

  private final List<Picture> pictures;
  private final double pictureRate;

  private PicturePlan(List<Picture> pictures, double pictureRate) {
    this.pictures = pictures;
    this.pictureRate = pictureRate;
  }

  /**
   * @param bitRate of the packets, headers included
   * @param pictureRate per second
   * @param keyframeSeconds between keyframes, which are five times as long as the others
   */
  static PicturePlan of(int bitRate, int pictureRate, int keyframeSeconds) {
    int count = pictureRate * keyframeSeconds;
    double groupBytes = bitRate / 8.0 * keyframeSeconds;
    int ordinary = (int) (groupBytes / (count - 1 + KEYFRAME_WEIGHT));
    Random random = new Random(1078);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean key = i == 0;
      int wanted = key ? ordinary * KEYFRAME_WEIGHT : ordinary;
      pictures.add(picture(key, withoutHeaders(wanted), random));
    }
    return new PicturePlan(List.copyOf(pictures), pictureRate);
  }

  private static int withoutHeaders(int bytes) {
    return Math.max(64, bytes - HEADER_BYTES * (bytes / (MAX_BODY_BYTES + HEADER_BYTES) + 1));
  }

  private static Picture picture(boolean key, int bytes, Random random) {
    ByteBuffer frame = ByteBuffer.allocate(bytes + 64);
    if (key) {
      frame.put(PARAMETER_SETS);
    }
    frame.put(new byte[] {0, 0, 0, 1, (byte) (key ? 0x65 : 0x41), (byte) (key ? 0x88 : 0x9a)});
    while (frame.position() < bytes) {
      frame.put((byte) (1 + random.nextInt(255))); // no start code can arise
    }
    return packets(key, frame.flip());
  }

  private static Picture packets(boolean key, ByteBuffer frame) {
    int count = (frame.remaining() + MAX_BODY_BYTES - 1) / MAX_BODY_BYTES;
    int[] starts = new int[count];
    ByteBuffer out = ByteBuffer.allocate(frame.remaining() + count * HEADER_BYTES);
    for (int i = 0; i < count; i++) {
      starts[i] = out.position();
      int body = Math.min(MAX_BODY_BYTES, frame.remaining());
      boolean last = i == count - 1;
      out.putInt(MAGIC)
          .put((byte) 0x81)
          .put((byte) (last ? H264 | 0x80 : H264))
          .putShort((short) 0);
      out.put(new byte[ID_BYTES]).put(CHANNEL);
      out.put((byte) ((key ? I_FRAME : P_FRAME) << 4 | place(i, count)));
      out.putLong(0).putShort((short) 0).putShort((short) 0).putShort((short) body);
      out.put(frame.slice(frame.position(), body));
      frame.position(frame.position() + body);
    }
    return new Picture(out.array(), starts);
  }

  /** 0 alone, 1 first, 2 last, 3 between. */
  private static int place(int packet, int count) {
    if (count == 1) {
      return 0;
    } else if (packet == 0) {
      return 1;
    }
    return packet == count - 1 ? 2 : 3;
  }

  /** A terminal's number as packets carry it. */
  static byte[] id(String digits) {
    return HexFormat.of().parseHex("0".repeat(2 * ID_BYTES - digits.length()) + digits);
  }

  Picture picture(long number) {
    return pictures.get((int) (number % pictures.size()));
  }

  /** Nanoseconds from one picture to the next. */
  long intervalNanos() {
    return Math.round(1e9 / pictureRate);
  }

  int longestPicture() {
    return pictures.stream().mapToInt(picture -> picture.bytes().length).max().orElseThrow();
  }
}
