package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.Jt1078PacketEncoder;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.TerminalId;
import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.video.Keyframes;
import io.roadcast.simulator.picture.DashcamPicture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Drawn pictures, 10 a second, as a camera with quirks would code them: a file of JT/T 1078 packets
 * made with the program {@code ffmpeg}. The counter in the pictures goes on over all parts.
 */
final class QuirkyFilm {
  static final int FRAME_RATE = 10;
  static final int PATCH_SIDE = 32;

  /**
   * Colours of the patches that stand in a row from the left, {@link #PATCH_SIDE} high and wide.
   */
  static final List<Integer> PATCHES =
      List.of(0xffffff, 0x000000, 0xff0000, 0x00ff00, 0x0000ff, 0x808080, 0xc0a020);

  /** Top of the row of patches. */
  static final int PATCHES_TOP = 96;

  private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");

  /** Pictures that are coded, and taken apart, at once. */
  private static final int PIECE = 150;

  private static final int KEYFRAME_EVERY = 10;

  private final Codec codec;
  private final List<ByteBuffer> accessUnits = new ArrayList<>();
  private int drawn;

  /**
   * @param codec H264 or H265
   */
  QuirkyFilm(Codec codec) {
    assumeTrue(Files.isExecutable(FFMPEG), FFMPEG + ", which ./test installs, is not here");
    this.codec = codec;
  }

  /**
   * Films on.
   *
   * @param options of FFmpeg, such as "-pix_fmt", "yuvj420p"
   */
  QuirkyFilm film(int width, int height, int pictures, String... options) throws Exception {
    for (int left = pictures; left > 0; left -= PIECE) {
      piece(width, height, Math.min(left, PIECE), options);
    }
    return this;
  }

  private void piece(int width, int height, int pictures, String... options) throws Exception {
    Path raw = Files.createTempFile("quirky", ".yuv");
    Path coded = Files.createTempFile("quirky", ".coded");
    try {
      draw(width, height, pictures, raw);
      List<String> command = new ArrayList<>(List.of(FFMPEG.toString(), "-v", "error", "-y"));
      command.addAll(List.of("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", width + "x" + height));
      command.addAll(List.of("-r", Integer.toString(FRAME_RATE), "-i", raw.toString()));
      command.addAll(List.of("-colorspace", "bt709", "-color_primaries", "bt709"));
      command.addAll(List.of("-color_trc", "bt709"));
      command.addAll(List.of(options));
      command.addAll(encoder());
      command.add(coded.toString());
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      split(ByteBuffer.wrap(Files.readAllBytes(coded)));
      assertThat(accessUnits).as("one for each picture").hasSize(drawn);
    } finally {
      Files.delete(raw);
      Files.delete(coded);
    }
  }

  private List<String> encoder() {
    boolean newer = codec == Codec.H265;
    String params =
        "keyint=%1$d:min-keyint=%1$d:scenecut=0:bframes=0:aud=1".formatted(KEYFRAME_EVERY)
            + (newer ? ":repeat-headers=1:log-level=none" : "");
    return List.of(
        "-c:v",
        newer ? "libx265" : "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "20",
        newer ? "-x265-params" : "-x264-params",
        params,
        "-f",
        newer ? "hevc" : "h264");
  }

  private void draw(int width, int height, int pictures, Path into) throws IOException {
    DashcamPicture picture = new DashcamPicture(width, height, 0);
    I420Picture planes = new I420Picture(width, height);
    try (OutputStream out = Files.newOutputStream(into)) {
      for (int i = 0; i < pictures; i++) {
        int[] pixels = picture.draw(drawn, drawn * 1000L / FRAME_RATE, Instant.now());
        for (int row = PATCHES_TOP; row < PATCHES_TOP + PATCH_SIDE; row++) {
          for (int column = 0; column < PATCHES.size() * PATCH_SIDE; column++) {
            pixels[row * width + column] = PATCHES.get(column / PATCH_SIDE);
          }
        }
        planes.setRgb(pixels);
        out.write(planes.luma());
        out.write(planes.blue());
        out.write(planes.red());
        drawn++;
      }
    }
  }

  /** Each access unit begins with its delimiter. */
  private void split(ByteBuffer stream) throws Exception {
    List<ByteBuffer> unit = new ArrayList<>();
    for (ByteBuffer nalUnit : AnnexB.split(stream)) {
      if (type(nalUnit) == (codec == Codec.H265 ? 35 : 9) && !unit.isEmpty()) {
        accessUnits.add(AnnexB.join(unit));
        unit.clear();
      }
      unit.add(nalUnit);
    }
    accessUnits.add(AnnexB.join(unit));
  }

  private int type(ByteBuffer nalUnit) {
    int header = nalUnit.get(nalUnit.position());
    return codec == Codec.H265 ? header >> 1 & 0x3f : header & 0x1f;
  }

  private boolean isParameterSet(ByteBuffer nalUnit) {
    int type = type(nalUnit);
    return codec == Codec.H265 ? type >= 32 && type <= 34 : type == 7 || type == 8;
  }

  /** Only the first keyframe has its parameter sets. */
  QuirkyFilm withoutRepeatedParameterSets() throws Exception {
    for (int i = 1; i < accessUnits.size(); i++) {
      List<ByteBuffer> kept =
          AnnexB.split(accessUnits.get(i)).stream().filter(unit -> !isParameterSet(unit)).toList();
      accessUnits.set(i, AnnexB.join(kept));
    }
    return this;
  }

  Path write(Path file) throws Exception {
    Jt1078PacketEncoder encoder =
        new Jt1078PacketEncoder(TerminalId.ofDigits("13700000001", IdWidth.SIX));
    ByteBuf out = Unpooled.buffer();
    long millis = 1_700_000_000_000L;
    for (ByteBuffer unit : accessUnits) {
      boolean keyframe = Keyframes.isKeyframe(codec, AnnexB.split(unit));
      encoder.encode(
          out,
          1,
          keyframe ? PacketType.I_FRAME : PacketType.P_FRAME,
          PayloadTypes.of(codec),
          millis,
          unit);
      millis += 1000 / FRAME_RATE;
    }
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return Files.write(file, bytes);
  }
}
