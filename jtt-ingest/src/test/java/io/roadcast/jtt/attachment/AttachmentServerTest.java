package io.roadcast.jtt.attachment;

import static io.roadcast.jtt.attachment.FileTerminal.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.attachment.FileTerminal.AttachmentRequestText;
import io.roadcast.jtt.jt808.AttachmentFileAnswer;
import io.roadcast.jtt.jt808.AttachmentList;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FileRange;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AttachmentServerTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final UUID EVENT = UUID.fromString("01890000-0000-7000-8000-000000000001");
  private static final String PICTURE = "00_64_6401_0_0123456789abcdef0123456789abcdef.jpg";
  private static final String VIDEO = "02_1_6401_1_0123456789abcdef0123456789abcdef.h264";

  @TempDir private Path directory;
  private final List<Attachment> attached = new CopyOnWriteArrayList<>();
  private final AtomicInteger sinkFailures = new AtomicInteger();
  private AttachmentServer server;

  @BeforeEach
  void start() throws IOException {
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
            8 << 20,
            16 << 20,
            Duration.ofDays(1),
            1);
    server =
        AttachmentServer.start(
            config,
            directory,
            file -> {
              if (sinkFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the database is away");
              }
              attached.add(file);
            },
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private AttachmentRequestText ask() throws IOException {
    AttachmentUpload told =
        server.request(FileTerminal.link(FileTerminal.DIGITS), EVENT, FileTerminal.ALARM);
    assertThat(told.tcpPort()).isEqualTo(server.port());
    assertThat(told.address().value()).isEqualTo("127.0.0.1");
    return new AttachmentRequestText(told.alarmNumber().value(), told.alarm());
  }

  private Attachment attached(String name) {
    await().atMost(SOON).until(() -> attached.stream().anyMatch(file -> file.name().equals(name)));
    return attached.stream().filter(file -> file.name().equals(name)).findFirst().orElseThrow();
  }

  private static byte[] random(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private long refused(AttachmentFault fault) {
    return server.statistics().refused().getOrDefault(fault, 0L);
  }

  @Test
  void aFileComesAsItIsAndIsTiedToItsEvent() throws Exception {
    byte[] picture = random(100_000, 1);
    picture[0] = (byte) 0xff;
    picture[1] = (byte) 0xd8;
    picture[2] = (byte) 0xff;
    AttachmentRequestText request = ask();
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      assertThat(terminal.list(request, 0, named(PICTURE, picture.length))).isZero();
      assertThat(terminal.begin(PICTURE, 0, picture.length)).isZero();
      terminal.chunk(PICTURE, 0, Arrays.copyOfRange(picture, 0, 65_536));
      terminal.chunk(PICTURE, 65_536, Arrays.copyOfRange(picture, 65_536, picture.length));
      AttachmentFileAnswer answer = terminal.sent(PICTURE, 0, picture.length);
      assertThat(answer.result()).isZero();
      assertThat(answer.missing()).isEmpty();
    }
    Attachment file = attached(PICTURE);
    assertThat(file.sha256()).isEqualTo(sha256(picture));
    assertThat(file.event()).isEqualTo(EVENT);
    assertThat(file.kind()).isEqualTo(ContentKind.JPEG);
    assertThat(file.state()).isEqualTo(Attachment.State.COMPLETE);
    assertThat(Files.readAllBytes(server.file(file.place()))).isEqualTo(picture);
    await().atMost(SOON).until(() -> server.statistics().attached() == 1);
    assertThat(directory.resolve("notes")).isEmptyDirectory();
  }

  /** Pieces lost, doubled, out of order, the connection cut, one piece cut in its middle. */
  @Test
  void whatABadNetworkDoesLeavesNoTrace() throws Exception {
    byte[] video = random(1_500_001, 2);
    AttachmentRequestText request = ask();
    Random random = new Random(3);
    List<FileRange> wanted = new ArrayList<>();
    for (int at = 0; at < video.length; at += 10_000) {
      wanted.add(new FileRange(at, Math.min(10_000, video.length - at)));
    }
    boolean whole = false;
    for (int connection = 0; !whole; connection++) {
      assertThat(connection).isLessThan(20);
      try (FileTerminal terminal = new FileTerminal(server.port())) {
        // Who comes back lists what is not complete.
        assertThat(terminal.list(request, connection == 0 ? 0 : 1, named(VIDEO, video.length)))
            .isZero();
        for (int round = 0; round < 3 && !whole; round++) {
          List<FileRange> sent = new ArrayList<>(wanted);
          sent.addAll(wanted.subList(0, wanted.size() / 3));
          Collections.shuffle(sent, random);
          for (FileRange range : sent) {
            if (random.nextInt(100) < 70) {
              int from = (int) range.offset();
              int to = (int) (range.offset() + range.length());
              terminal.chunk(VIDEO, from, Arrays.copyOfRange(video, from, to));
            }
          }
          AttachmentFileAnswer answer = terminal.sent(VIDEO, 2, video.length);
          whole = answer.result() == 0;
          wanted.clear();
          for (FileRange missing : answer.missing()) {
            // Holes are filled in pieces of other sizes than before.
            for (long at = 0; at < missing.length(); at += 7_777) {
              wanted.add(
                  new FileRange(missing.offset() + at, Math.min(7_777, missing.length() - at)));
            }
          }
        }
        if (!whole) {
          terminal.send(Bytes.ofHex("30316364" + "30325f"));
        }
      }
    }
    Attachment file = attached(VIDEO);
    assertThat(file.sha256()).isEqualTo(sha256(video));
    assertThat(file.channel()).isEqualTo(1);
    assertThat(server.statistics().repeatedBytes()).isPositive();
    assertThat(server.statistics().askedAgain()).isPositive();
    assertThat(server.statistics().bytes()).isEqualTo(video.length);
  }

  @Test
  void moreHolesThanAnAnswerHoldsAreAskedForInTurn() throws Exception {
    byte[] data = random(60_000, 4);
    AttachmentRequestText request = ask();
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      terminal.list(request, 0, named("data.bin", data.length));
      for (int at = 100; at < data.length; at += 200) {
        terminal.chunk("data.bin", at, Arrays.copyOfRange(data, at, at + 100));
      }
      // 300 holes; an answer of one frame has room for 126.
      for (int holes : new int[] {126, 126, 48}) {
        AttachmentFileAnswer answer = terminal.sent("data.bin", 4, data.length);
        assertThat(answer.missing()).hasSize(holes);
        fill(terminal, data, answer);
      }
      assertThat(terminal.sent("data.bin", 4, data.length).result()).isZero();
    }
    assertThat(attached("data.bin").sha256()).isEqualTo(sha256(data));
  }

  private static void fill(FileTerminal terminal, byte[] data, AttachmentFileAnswer answer)
      throws IOException {
    for (FileRange range : answer.missing()) {
      int from = (int) range.offset();
      terminal.chunk(
          "data.bin", from, Arrays.copyOfRange(data, from, (int) (from + range.length())));
    }
  }

  @Test
  void theVectorsOfOthersMakeAWholeFile() throws Exception {
    Bytes listed = vector("0x1210.json", "0x1210-s001");
    AttachmentList list =
        (AttachmentList)
            Jt808Codec.decode(0x1210, body("0x1210.json", "0x1210-s001"), ProtocolVersion.V2013)
                .message();
    server.close();
    AttachmentFiles files = AttachmentFiles.open(directory);
    files.keep(
        new AttachmentRequest("2024-11-22_10_00_00_", EVENT, "1001", list.alarm(), Instant.now()));
    start();
    try (FileTerminal terminal = new FileTerminal(server.port(), "1001")) {
      terminal.send(listed);
      assertThat(terminal.general()).isZero();
      // Offset 8 comes before 0 and 4, and all of them before 0x1211.
      for (Vectors.Vector each : Vectors.of("file_stream_0x30316364.json")) {
        if (each.id().equals("stream-s002")) {
          terminal.send(each.bytes("packet_hex"));
        }
      }
      String name = "2024-11-22_10_00_00_data.txt";
      terminal.chunk(name, 4, "efgh".getBytes(StandardCharsets.US_ASCII));
      terminal.chunk(name, 0, "abcd".getBytes(StandardCharsets.US_ASCII));
      terminal.send(vector("0x1211.json", "0x1211-s001"));
      assertThat(terminal.general()).isZero();
      terminal.send(vector("0x1212.json", "0x1212-s001"));
      assertThat(((AttachmentFileAnswer) terminal.next()).result()).isZero();
      Attachment file = attached(name);
      assertThat(Files.readString(server.file(file.place()))).isEqualTo("abcdefghd123");
    }
  }

  private static Bytes vector(String file, String id) {
    return found(file, id).bytes("frame_hex");
  }

  private static Bytes body(String file, String id) {
    return found(file, id).bytes("body_hex");
  }

  private static Vectors.Vector found(String file, String id) {
    return Vectors.of(file).stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void whatIsNotWantedIsRefusedAndCounted() throws Exception {
    AttachmentRequestText request = ask();
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      AttachmentRequestText unknown =
          new AttachmentRequestText("00000000000000000000000000000000", request.alarm());
      assertThat(terminal.list(unknown, 0, named(PICTURE, 10))).isEqualTo(1);
      assertThat(refused(AttachmentFault.UNKNOWN_ALARM)).isEqualTo(1);
      assertThat(terminal.begin(PICTURE, 0, 10)).isEqualTo(1);
      assertThat(refused(AttachmentFault.NO_ALARM)).isEqualTo(1);
      for (String name :
          List.of("../../x", "/etc/passwd", "a\\b.jpg", "C:x", "..", "", "a\u0001b")) {
        long before = refused(AttachmentFault.BAD_NAME);
        assertThat(terminal.list(request, 0, named(name, 10))).as(name).isEqualTo(1);
        assertThat(refused(AttachmentFault.BAD_NAME)).as(name).isEqualTo(before + 1);
      }
      // 10 GB: a size has 32 bits, so it takes three files.
      long third = 10_000_000_000L / 3;
      assertThat(
              terminal.list(
                  request, 0, named("1.mp4", third), named("2.mp4", third), named("3.mp4", third)))
          .isEqualTo(1);
      assertThat(refused(AttachmentFault.FILE_TOO_LARGE)).isEqualTo(1);
      assertThat(
              terminal.list(
                  request, 0, named("1", 7_000_000), named("2", 7_000_000), named("3", 7_000_000)))
          .isEqualTo(1);
      assertThat(refused(AttachmentFault.ALARM_TOO_LARGE)).isEqualTo(1);
      assertThat(terminal.list(request, 0, named(PICTURE, 1000))).isZero();
      assertThat(terminal.begin(PICTURE, 0, 4_000_000_000L)).isEqualTo(1);
      assertThat(refused(AttachmentFault.FILE_TOO_LARGE)).isEqualTo(2);
      terminal.chunk(PICTURE, 900, new byte[200]);
      terminal.chunk("other.jpg", 0, new byte[200]);
      terminal.chunk(PICTURE, 500, new byte[400]);
      assertThat(terminal.begin(PICTURE, 0, 800)).isEqualTo(1);
      assertThat(refused(AttachmentFault.BEYOND_END)).isEqualTo(1);
      assertThat(refused(AttachmentFault.UNLISTED_FILE)).isEqualTo(1);
      assertThat(refused(AttachmentFault.SIZE_MISMATCH)).isEqualTo(1);
    }
    try (FileTerminal other = new FileTerminal(server.port(), "13912345679")) {
      assertThat(other.list(request, 0, named(PICTURE, 10))).isEqualTo(1);
      assertThat(refused(AttachmentFault.FOREIGN_ALARM)).isEqualTo(1);
    }
    assertThat(attached).isEmpty();
    try (var all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
          .isLessThan(2_000);
    }
  }

  @Test
  void whoBringsNothingGoodIsPutOut() throws Exception {
    AttachmentRequestText request = ask();
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      for (int i = 0; i < 32; i++) {
        terminal.chunk(PICTURE, 0, new byte[10]);
      }
      assertThat(terminal.ended()).isTrue();
    }
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      terminal.list(request, 0, named(PICTURE, 3_000_000));
      assertThatThrownBy(
              () -> {
                terminal.chunk(PICTURE, 0, new byte[2 << 20]);
                terminal.next();
              })
          .isInstanceOf(IOException.class);
    }
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      terminal.list(request, 0, named(PICTURE, 3_000));
      terminal.chunk(PICTURE, 0, random(1_000, 5));
      assertThatThrownBy(
              () -> {
                while (true) {
                  terminal.sent(PICTURE, 0, 3_000);
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(attached(PICTURE).state()).isEqualTo(Attachment.State.PARTIAL);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(server.statistics().closed())
                    .containsEntry(AttachmentClose.ABUSE, 1L)
                    .containsEntry(AttachmentClose.CHUNK_TOO_LARGE, 1L)
                    .containsEntry(AttachmentClose.NO_PROGRESS, 1L));
  }

  @Test
  void theDatabaseMayBeAwayAndTheServerMayEnd() throws Exception {
    sinkFailures.set(Integer.MAX_VALUE);
    AttachmentRequestText request = ask();
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      terminal.list(request, 0, named("a.txt", 3));
      terminal.chunk("a.txt", 0, new byte[] {1, 2, 3});
      assertThat(terminal.sent("a.txt", 3, 3).result()).isZero();
    }
    await().atMost(SOON).until(() -> server.statistics().waiting() == 1);
    server.close();
    sinkFailures.set(2);
    start();
    assertThat(attached("a.txt").sha256()).isEqualTo(sha256(new byte[] {1, 2, 3}));
    // What was asked for before is still expected, and the same file is the same file.
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      assertThat(terminal.list(request, 1, named("a.txt", 3), named("b.txt", 1))).isZero();
      terminal.chunk("a.txt", 0, new byte[] {1, 2, 3});
      assertThat(terminal.sent("a.txt", 3, 3).result()).isZero();
      terminal.chunk("b.txt", 0, new byte[] {4});
      assertThat(terminal.sent("b.txt", 3, 1).result()).isZero();
    }
    attached("b.txt");
    assertThat(
            attached.stream()
                .filter(file -> file.name().equals("a.txt"))
                .map(Attachment::id)
                .distinct())
        .hasSize(1);
  }

  @Test
  void rawVideoCanBePlayedAndTheVehiclesLogRead() throws Exception {
    byte[] log = log();
    byte[] video = TestVideo.encode(50);
    AttachmentRequestText request = ask();
    try (FileTerminal terminal = new FileTerminal(server.port())) {
      terminal.list(request, 0, named(VIDEO, video.length), named("04_0_6401_2_x.bin", log.length));
      terminal.chunk(VIDEO, 0, video);
      terminal.chunk("04_0_6401_2_x.bin", 0, log);
      assertThat(terminal.sent(VIDEO, 2, video.length).result()).isZero();
      assertThat(terminal.sent("04_0_6401_2_x.bin", 4, log.length).result()).isZero();
    }
    Attachment played = attached(VIDEO);
    assertThat(played.kind()).isEqualTo(ContentKind.H264);
    assertThat(TestVideo.frames(server.file(Objects.requireNonNull(played.shown())))).isEqualTo(50);
    Attachment read = attached("04_0_6401_2_x.bin");
    assertThat(read.kind()).isEqualTo(ContentKind.VEHICLE_LOG);
    assertThat(Files.readString(server.file(Objects.requireNonNull(read.shown()))))
        .contains("\"damaged\":1")
        .contains("\"speed_kmh\":54.3")
        .contains("\"acceleration_g\":[-0.02,0.0,1.0]");
  }

  /** Two blocks, the second with a wrong check code. */
  private static byte[] log() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      ByteBuffer block = ByteBuffer.allocate(64);
      block.putInt(2).putInt(i).putInt(0).putInt(3).putInt(31_230_000).putInt(121_470_000);
      block.putShort((short) 12).putShort((short) 543).putShort((short) 90);
      block.put(HexFormat.of().parseHex("261121123456"));
      block.putShort((short) -2).putShort((short) 0).putShort((short) 100);
      int sum = 0;
      for (int at = 0; at < 63; at++) {
        sum += block.get(at);
      }
      block.put(63, (byte) (sum + i));
      out.writeBytes(block.array());
    }
    return out.toByteArray();
  }
}
