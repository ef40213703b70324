package io.roadcast.jtt.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jt1078.Captures;
import io.roadcast.media.ffmpeg.FfmpegTools;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class Jt1078InspectionTest {
  @TempDir Path directory;

  private List<String> inspect(byte[] bytes) throws IOException {
    StringWriter out = new StringWriter();
    try (ElementaryStreams extracted = ElementaryStreams.into(directory)) {
      new Jt1078Inspection(new JsonReport(out), extracted).run(new ByteArrayInputStream(bytes));
    }
    return out.toString().lines().toList();
  }

  private int countedByFfprobe(String file) throws IOException {
    Process process =
        FfmpegTools.ffprobe(
                "-v",
                "error",
                "-count_frames",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "csv=p=0",
                directory.resolve(file).toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return Integer.parseInt(output);
  }

  @ParameterizedTest
  @CsvSource({
    "h264_cif_main_174s_sim6.bin, 6063, 13800138000, 1, 89, 4022, 0, 1, 4111",
    "h264_cif_40s_sim6_lowfps.bin, 314, 12345678999, 1, 6, 264, 0, 0, 270",
    "h264_cif_106s_sim6_ch3.bin, 1478, 1901305037, 3, 37, 894, 0, 0, 931",
    "h264_adpcm_hisi_1s_sim6.bin, 57, 13800138999, 2, 1, 17, 28, 0, 18",
    "SYNTHETIC_h264_g711a_4s_sim6.bin, 540, 156987000796, 1, 2, 100, 214, 0, 102"
  })
  void countsWhatACaptureHolds(
      String file,
      int packets,
      String terminal,
      int channel,
      int keyframes,
      int predicted,
      int audio,
      int incomplete,
      int pictures)
      throws IOException {
    List<String> lines = inspect(Captures.read(file));
    assertThat(lines).hasSize(packets + 1);
    String summary = lines.getLast();
    assertThat(summary)
        .startsWith("{\"summary\":{\"packets\":" + packets + ",\"skipped\":0,\"streams\":[{")
        .contains("\"terminal\":\"" + terminal + "\",\"channel\":" + channel + ",\"id_width\":6")
        .contains("\"codec\":\"h264\"")
        .contains(
            "\"frames\":{\"I\":"
                + keyframes
                + ",\"P\":"
                + predicted
                + ",\"B\":0,\"audio\":"
                + audio
                + "},\"incomplete\":"
                + incomplete
                + ",\"gaps\":0");
    assertThat(countedByFfprobe(terminal + "-" + channel + ".h264")).isEqualTo(pictures);
  }

  @Test
  void writesSoundWithoutTheVendorsHeader() throws IOException {
    assertThat(inspect(Captures.read("h264_adpcm_hisi_1s_sim6.bin")).getLast())
        .contains("\"audio_codec\":\"adpcm\"");
    assertThat(directory.resolve("13800138999-2.adpcm")).hasSize(28 * 164);

    inspect(Captures.read("SYNTHETIC_h264_g711a_4s_sim6.bin"));
    assertThat(Files.size(directory.resolve("156987000796-1.pcma"))).isEqualTo(214 * 160);
  }

  @Test
  void reportsEveryFieldOfAPacket() throws IOException {
    List<String> lines = inspect(Captures.read("singles/h264_p_atomic_sim10.bin"));
    assertThat(lines.getFirst())
        .isEqualTo(
            "{\"offset\":0,\"sequence\":118,\"terminal\":\"866496077582164\",\"id_width\":10,"
                + "\"channel\":1,\"type\":\"P\",\"sub\":\"atomic\",\"pt\":98,\"codec\":\"h264\","
                + "\"marker\":true,\"timestamp\":29826261,\"keyframe_interval\":1866,"
                + "\"frame_interval\":33,\"length\":103,\"skipped\":0}");
    assertThat(lines.getLast())
        .isEqualTo(
            "{\"summary\":{\"packets\":1,\"skipped\":0,\"streams\":[{\"terminal\":"
                + "\"866496077582164\",\"channel\":1,\"id_width\":10,\"codec\":\"h264\","
                + "\"packets\":1,\"frames\":{\"I\":0,\"P\":1,\"B\":0,\"audio\":0},"
                + "\"incomplete\":0,\"gaps\":0,\"lost_packets\":0}]}}");
  }

  @Test
  void saysWhereBytesWereSkipped() throws IOException {
    byte[] packet = Captures.read("singles/h264_p_atomic_a.bin");
    byte[] bytes = new byte[7 + 2 * packet.length];
    System.arraycopy(packet, 0, bytes, 7, packet.length);
    System.arraycopy(packet, 0, bytes, 7 + packet.length, packet.length);
    List<String> lines = inspect(bytes);
    assertThat(lines.getFirst()).startsWith("{\"offset\":7,").endsWith("\"skipped\":7}");
    assertThat(lines.get(1)).endsWith("\"skipped\":0}");
    assertThat(lines.getLast()).contains("\"skipped\":7");
  }

  @Test
  void reportsAFileOfNothing() throws IOException {
    assertThat(inspect(new byte[0]))
        .containsExactly("{\"summary\":{\"packets\":0,\"skipped\":0,\"streams\":[]}}");
  }

  @Test
  void writesATableForPeople() throws IOException {
    StringWriter out = new StringWriter();
    try (ElementaryStreams nowhere = ElementaryStreams.nowhere()) {
      new Jt1078Inspection(new TextReport(out), nowhere)
          .run(new ByteArrayInputStream(Captures.read("h264_adpcm_hisi_1s_sim6.bin")));
    }
    assertThat(out.toString())
        .contains("57 packets, 0 bytes that belong to none")
        .containsPattern("13800138999-2 +6 h264 +adpcm +57 +1 +17 +0 +28 +0 +0 +0");
  }
}
