package io.roadcast.simulator.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.attachment.Attachment;
import io.roadcast.jtt.attachment.AttachmentConfig;
import io.roadcast.jtt.attachment.AttachmentServer;
import io.roadcast.jtt.attachment.ContentKind;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.jtt.jt808.TerminalPhone;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.media.ffmpeg.FfmpegTools;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against the real attachment port: whatever goes wrong on the way, the files are those that were
 * made.
 */
@Timeout(120)
class FileCourierTest {
  private static final String DIGITS = "13912345678";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SU | ''",
        "SU | MISSING",
        "SU | REORDER,REPEAT",
        "SU | SIZES",
        "SU | CUT,MISSING,REORDER",
        "YUE | CUT,MISSING,REORDER"
      })
  void whateverGoesWrongTheFilesArriveAsTheyWere(SafetyVariant variant, String faults)
      throws Exception {
    List<Attachment> attached = new CopyOnWriteArrayList<>();
    AttachmentConfig config =
        new AttachmentConfig(
            "127.0.0.1",
            0,
            "",
            8,
            8,
            Duration.ofSeconds(20),
            1 << 20,
            20,
            64 << 20,
            64 << 20,
            Duration.ofDays(1),
            1);
    try (AttachmentServer server =
        AttachmentServer.start(config, directory, attached::add, InstantSource.system())) {
      AlarmPlan plan =
          new AlarmPlan(variant, AlarmPlan.Pace.NONE, Duration.ofSeconds(45), Set.of());
      AlarmClock clock = new AlarmClock(plan, DIGITS, 3, Instant.now());
      clock.raise(AlarmKind.named(variant, "adas.pedestrian").orElseThrow());
      RaisedAlarm alarm =
          clock
              .due(
                  Instant.now(),
                  new Location(
                      0, 3, 31_230_000, 121_470_000, 12, 543, 90, TerminalTime.of(Instant.now())))
              .getFirst();
      AttachmentUpload asked =
          server.request(link(), UUID.randomUUID(), Objects.requireNonNull(alarm.identifier()));
      List<AlarmFile> files = AlarmFolder.files(alarm, asked.alarmNumber().value(), 0, 60_000);
      assertThat(files).hasSize(4);
      FileCourier courier =
          new FileCourier(
              TerminalPhone.of(DIGITS, ProtocolVersion.V2013),
              ProtocolVersion.V2013,
              faults(faults),
              new Random(5));
      assertThat(courier.deliver(asked, files)).isEqualTo(4);
      await().atMost(Duration.ofSeconds(30)).until(() -> attached.size() == 4);
      for (AlarmFile file : files) {
        assertThat(attached)
            .filteredOn(each -> each.name().equals(file.name()))
            .singleElement()
            .extracting(Attachment::sha256)
            .isEqualTo(
                HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(file.bytes())));
      }
      // The log as JSON, and raw video as MP4.
      assertThat(attached)
          .filteredOn(each -> each.shown() != null)
          .hasSize(variant == SafetyVariant.SU ? 2 : 1);
      assertThat(attached)
          .extracting(Attachment::kind)
          .containsExactlyInAnyOrder(
              ContentKind.JPEG,
              variant == SafetyVariant.SU ? ContentKind.H264 : ContentKind.MP4,
              ContentKind.VEHICLE_LOG,
              ContentKind.WAV);
      theMp4Plays(files);
    }
  }

  private void theMp4Plays(List<AlarmFile> files) throws Exception {
    for (AlarmFile file : files) {
      if (file.name().endsWith(".mp4")) {
        Path kept = Files.write(directory.resolve("alarm.mp4"), file.bytes());
        Process probe =
            FfmpegTools.ffprobe(
                    "-v",
                    "error",
                    "-count_frames",
                    "-show_entries",
                    "stream=codec_name,nb_read_frames",
                    "-of",
                    "csv=p=0",
                    kept.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualToIgnoringNewLines("h264,100");
      }
    }
  }

  private static Set<AlarmPlan.Fault> faults(String names) {
    return names.isEmpty()
        ? Set.of()
        : Set.copyOf(List.of(names.split(",")).stream().map(AlarmPlan.Fault::valueOf).toList());
  }

  private static TerminalLink link() {
    return new TerminalLink() {
      @Override
      public String terminal() {
        return DIGITS;
      }

      @Override
      public long epoch() {
        return 1;
      }

      @Override
      public ProtocolVersion version() {
        return ProtocolVersion.V2013;
      }

      @Override
      public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      }

      @Override
      public CompletionStage<Jt808Message> request(Jt808Message command, Duration timeout) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void send(Jt808Message message) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
