package io.roadcast.bench.picture;

import io.roadcast.media.Codec;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.video.Keyframes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A moving test picture, 25 a second, made by the program {@code ffmpeg}. */
public record CodedPictures(Codec codec, List<Unit> units) {
  static final int FRAME_RATE = 25;
  static final long FRAME_MICROS = 40_000;

  private static final int H264_DELIMITER = 9;
  private static final int H265_DELIMITER = 35;

  /** An access unit. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  public record Unit(byte[] annexB, List<ByteBuffer> nalUnits, boolean keyframe) {}

  /**
   * @param reordered B frames between two others
   */
  public static CodedPictures of(Codec codec, int reordered, String size, int seconds)
      throws Exception {
    boolean newer = codec == Codec.H265;
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i"));
    command.add("testsrc2=size=" + size + ":rate=" + FRAME_RATE + ",noise=alls=4:allf=t");
    command.addAll(List.of("-t", Integer.toString(seconds), "-b:v", "2M", "-pix_fmt", "yuv420p"));
    command.addAll(List.of("-c:v", newer ? "libx265" : "libx264", "-preset", "ultrafast"));
    command.add(newer ? "-x265-params" : "-x264-params");
    command.add(
        "keyint=100:min-keyint=100:scenecut=0:aud=1:b-adapt=0:bframes="
            + reordered
            + (newer ? ":repeat-headers=1:log-level=none" : ""));
    command.addAll(List.of("-f", newer ? "hevc" : "h264", "-"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] made = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ffmpeg made nothing; it needs x264 and x265");
    }
    return new CodedPictures(codec, split(codec, made));
  }

  private static List<Unit> split(Codec codec, byte[] stream) throws Exception {
    List<Unit> units = new ArrayList<>();
    int start = 0;
    for (int at = 3; at + 4 < stream.length; at++) {
      if (startsUnit(codec, stream, at)) {
        units.add(unit(codec, Arrays.copyOfRange(stream, start, at)));
        start = at;
      }
    }
    units.add(unit(codec, Arrays.copyOfRange(stream, start, stream.length)));
    return units;
  }

  private static boolean startsUnit(Codec codec, byte[] stream, int at) {
    if (stream[at] != 0 || stream[at + 1] != 0 || stream[at + 2] != 0 || stream[at + 3] != 1) {
      return false;
    }
    byte header = stream[at + 4];
    return codec == Codec.H265
        ? (header >> 1 & 0x3f) == H265_DELIMITER
        : (header & 0x1f) == H264_DELIMITER;
  }

  private static Unit unit(Codec codec, byte[] annexB) throws Exception {
    List<ByteBuffer> units = AnnexB.split(ByteBuffer.wrap(annexB));
    return new Unit(annexB, units, Keyframes.isKeyframe(codec, units));
  }
}
