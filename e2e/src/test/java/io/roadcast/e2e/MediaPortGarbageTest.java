package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.bench.viewer.LoadViewer;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.media.rtp.RtcpPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What may arrive at the port of the viewers, from strangers and from a viewer's own address: it is
 * counted, costs nobody anything, and a stranger is never sent more than it sent.
 */
@Tag("slow")
@Timeout(60)
class MediaPortGarbageTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Longer than the server's timers for handshakes, so that nothing comes later. */
  private static final int SILENCE_MILLIS = 400;

  private static final int DTLS_HANDSHAKE = 22;
  private static final int DTLS_ALERT = 21;
  private static final int DTLS_DATA = 23;

  private static RunningServer server;
  private static Witness witness;

  private final Random random = new Random(10_000);

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    witness = Witness.start(server, "13900000010");
  }

  @AfterAll
  static void stop() {
    if (witness != null) {
      witness.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void nobodyNoticed() {
    witness.assertUndisturbed();
    server.assertHealthy();
  }

  @Test
  void randomDatagramsOfStrangersAreCountedAndNeverAnswered() throws Exception {
    double before = noise("");
    try (Stranger stranger = new Stranger()) {
      for (int i = 0; i < 400; i++) {
        stranger.send(randomBytes(random.nextInt(1400)));
      }
      await().atMost(SOON).until(() -> noise("") == before + 400);
      assertThat(stranger.answeredBytes()).isZero();
    }
  }

  @Test
  void everyFirstByteOfAStrangerIsCounted() throws Exception {
    double before = noise("");
    try (Stranger stranger = new Stranger()) {
      for (int first = 0; first < 256; first++) {
        byte[] datagram = randomBytes(60);
        datagram[0] = (byte) first;
        stranger.send(datagram);
      }
      await().atMost(SOON).until(() -> noise("") == before + 256);
      assertThat(stranger.answeredBytes()).isZero();
    }
  }

  @Test
  void aClientHelloOfAStrangerGetsNothing() throws Exception {
    assertSilence(clientHello(), "unknown_address");
  }

  @Test
  void mediaAndReportsOfAStrangerGetNothing() throws Exception {
    assertSilence(ofFirstBytes(0x80, 96, 200), "unknown_address");
    assertSilence(ofFirstBytes(0x81, 201, 60), "unknown_address");
  }

  @Test
  void checksForNobodyGetNothing() throws Exception {
    byte[] check = Stun.check("none:peer", random).integrity("x").fingerprint().bytes();
    assertSilence(check, "stun_unknown");
  }

  @Test
  void checksWithAWrongPasswordGetNothing() throws Exception {
    String name = ufrag() + ":peer";
    byte[] wrong = Stun.check(name, random).integrity("not the password").fingerprint().bytes();
    assertSilence(wrong, "stun_unauthenticated");
  }

  @Test
  void checksWithAWrongFingerprintGetNothing() throws Exception {
    byte[] wrong =
        Stun.check(ufrag() + ":peer", random).integrity(password()).fingerprint(7).bytes();
    double before = noise("");
    try (Stranger stranger = new Stranger()) {
      stranger.send(wrong);
      await().atMost(SOON).until(() -> noise("") == before + 1);
      assertThat(stranger.answeredBytes()).isZero();
    }
  }

  @Test
  void indicationsAndAnswersNobodyAskedForGetNothing() throws Exception {
    for (int type : List.of(Stun.BINDING_INDICATION, Stun.BINDING_SUCCESS, 0x0003, 0x0111)) {
      byte[] message = new Stun(type, random).integrity(password()).fingerprint().bytes();
      assertSilence(message, "stun_unknown");
    }
  }

  @Test
  void aCheckWithoutPasswordGetsNoMoreThanItSent() throws Exception {
    double before = noise("");
    List<byte[]> checks =
        List.of(
            Stun.check(ufrag() + ":peer", random).fingerprint().bytes(),
            Stun.check(ufrag() + ":peer", random).bytes(),
            new Stun(Stun.BINDING_REQUEST, random)
                .attribute(0x0006, (ufrag() + ":p").getBytes(StandardCharsets.UTF_8))
                .bytes());
    for (byte[] check : checks) {
      try (Stranger stranger = new Stranger()) {
        stranger.send(check);
        assertThat(stranger.answeredBytes()).isLessThanOrEqualTo(check.length);
      }
    }
    assertThat(noise("")).as("counted").isEqualTo(before + checks.size());
  }

  @Test
  void aCheckWithTheRightPasswordGetsNoMoreThanItSent() throws Exception {
    try (LoadViewer other =
        LoadViewer.connect(server.whep(witness.stream()), LoadViewerOptions.defaults())) {
      String name = attribute(other, "ice-ufrag") + ":p";
      String password = attribute(other, "ice-pwd");
      byte[] user = name.getBytes(StandardCharsets.UTF_8);
      List<Stun> checks =
          List.of(
              new Stun(Stun.BINDING_REQUEST, random).attribute(0x0006, user),
              new Stun(Stun.BINDING_REQUEST, random)
                  .attribute(0x0006, user)
                  .attribute(0x0ABC, new byte[0]),
              new Stun(Stun.BINDING_REQUEST, random)
                  .attribute(0x0006, user)
                  .attribute(0x8029, new byte[8]));
      for (Stun check : checks) {
        byte[] datagram = check.integrity(password).fingerprint().bytes();
        try (Stranger stranger = new Stranger()) {
          stranger.send(datagram);
          assertThat(stranger.answeredBytes()).isLessThanOrEqualTo(datagram.length);
        }
      }
    }
  }

  @Test
  void noiseFromAViewersOwnAddressCostsItNothing() throws Exception {
    LoadViewer viewer = witness.viewer();
    double before = noise("");
    for (int i = 0; i < 100; i++) {
      viewer.sendRaw(
          ofFirstBytes(0x80 | random.nextInt(64), random.nextInt(256), 12 + random.nextInt(300)));
      viewer.sendRaw(
          ofFirstBytes(random.nextInt(20), random.nextInt(256), 1 + random.nextInt(100)));
      viewer.sendRaw(ofFirstBytes(64 + random.nextInt(64), 0, 1 + random.nextInt(100)));
      viewer.sendRaw(ofFirstBytes(192 + random.nextInt(64), 0, 1 + random.nextInt(100)));
    }
    await().atMost(SOON).until(() -> noise("") == before + 400);
  }

  @Test
  void dtlsThatIsNotTheViewersDoesNotEndItsSession() throws Exception {
    LoadViewer viewer = witness.viewer();
    viewer.sendRaw(record(DTLS_ALERT, 0, new byte[] {1, 0}));
    viewer.sendRaw(record(DTLS_ALERT, 0, new byte[] {2, 40}));
    viewer.sendRaw(record(DTLS_ALERT, 1, randomBytes(26)));
    viewer.sendRaw(clientHello());
    viewer.sendRaw(record(DTLS_DATA, 1, randomBytes(100)));
    double before = noise("dtls_malformed");
    for (int i = 0; i < 200; i++) {
      viewer.sendRaw(
          ofFirstBytes(20 + random.nextInt(44), random.nextInt(250), 1 + random.nextInt(900)));
      viewer.sendRaw(
          record(20 + random.nextInt(5), random.nextInt(3), randomBytes(random.nextInt(300))));
    }
    await().atMost(SOON).until(() -> noise("dtls_malformed") == before + 200);
    witness.awaitPictures(2 * Witness.FRAME_RATE);
  }

  @Test
  void authenticReportsThatCanNotBeReadAreCounted() throws Exception {
    LoadViewer viewer = witness.viewer();
    double before = noise("rtcp_malformed");
    int ssrc = viewer.ssrc();
    int[] firstWords = {
      0x81C900FF, // a receiver report of 1024 bytes
      0x9FC90001, // 31 blocks in no room
      0x81CD0002, // a request for nothing
      0x81CF0000, // an extended report shorter than its sender
      0xA1C90001, // padding without a count
    };
    for (int word : firstWords) {
      byte[] plain = ByteBuffer.allocate(12).putInt(word).putInt(ssrc).putInt(-1).array();
      viewer.sendRaw(viewer.protectRtcp(plain));
    }
    await().atMost(SOON).until(() -> noise("rtcp_malformed") == before + firstWords.length);
  }

  @Test
  void randomAuthenticReportsHarmNobody() {
    LoadViewer viewer = witness.viewer();
    for (int i = 0; i < 300; i++) {
      byte[] plain = randomBytes(8 + random.nextInt(200));
      plain[0] = (byte) (0x80 | plain[0] & 0x1f);
      plain[1] = (byte) (200 + random.nextInt(8));
      viewer.sendRaw(viewer.protectRtcp(plain));
    }
    witness.awaitPictures(2 * Witness.FRAME_RATE);
  }

  @Test
  void replayedReportsAreCounted() throws Exception {
    LoadViewer viewer = witness.viewer();
    double before = noise("srtcp_replayed");
    byte[] plain = new byte[200];
    int length =
        RtcpPacket.writeCompound(
            List.of(new RtcpPacket.ReceiverReport(viewer.ssrc(), List.of())), plain, 0);
    byte[] report = viewer.protectRtcp(Arrays.copyOf(plain, length));
    for (int i = 0; i < 10; i++) {
      viewer.sendRaw(report);
    }
    await().atMost(SOON).until(() -> noise("srtcp_replayed") == before + 9);
  }

  @Test
  void changedReportsAreCounted() throws Exception {
    LoadViewer viewer = witness.viewer();
    double before = changedReports();
    byte[] report =
        viewer.protectRtcp(ByteBuffer.allocate(8).putInt(0x80C90001).putInt(viewer.ssrc()).array());
    for (int at = 4; at < report.length; at++) {
      byte[] changed = report.clone();
      changed[at] ^= 1;
      viewer.sendRaw(changed);
    }
    int sent = report.length - 4;
    await().atMost(SOON).until(() -> changedReports() >= before + sent);
  }

  /** A changed SSRC may be taken for a source too many, a changed index for one that was there. */
  private static double changedReports() {
    return noise("srtcp_unauthenticated") + noise("rtcp_malformed") + noise("srtcp_replayed");
  }

  @Test
  void mediaOfAViewerIsCounted() throws Exception {
    LoadViewer viewer = witness.viewer();
    double before = noise("media_from_viewer");
    byte[] plain = ByteBuffer.allocate(112).putInt(0x80600001).putInt(0).putInt(99).array();
    byte[] packet = viewer.protectRtp(plain);
    viewer.sendRaw(packet);
    viewer.sendRaw(packet);
    await().atMost(SOON).until(() -> noise("media_from_viewer") == before + 2);
  }

  @Test
  void aWrongPasswordFromTheViewersOwnAddressIsCounted() throws Exception {
    double before = noise("stun_unauthenticated");
    byte[] check = Stun.check(ufrag() + ":peer", random).integrity("wrong").fingerprint().bytes();
    witness.viewer().sendRaw(check);
    await().atMost(SOON).until(() -> noise("stun_unauthenticated") == before + 1);
  }

  private static void assertSilence(byte[] datagram, String reason) throws IOException {
    double before = noise(reason);
    try (Stranger stranger = new Stranger()) {
      for (int i = 0; i < 3; i++) {
        stranger.send(datagram);
      }
      await().atMost(SOON).until(() -> noise(reason) == before + 3);
      assertThat(stranger.answeredBytes()).isZero();
    }
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] ofFirstBytes(int first, int second, int length) {
    byte[] bytes = randomBytes(Math.max(2, length));
    bytes[0] = (byte) first;
    bytes[1] = (byte) second;
    return bytes;
  }

  /** A DTLS 1.2 record (RFC 6347 section 4.1). */
  private static byte[] record(int type, int epoch, byte[] content) {
    return ByteBuffer.allocate(13 + content.length)
        .put((byte) type)
        .putShort((short) 0xfefd)
        .putShort((short) epoch)
        .put(new byte[6])
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  /** The first message of a handshake (RFC 5246 section 7.4.1.2), with use_srtp. */
  private byte[] clientHello() {
    byte[] extensions = {
      0, 10, 0, 4, 0, 2, 0, 29, 0, 13, 0, 4, 0, 2, 4, 3, 0, 14, 0, 5, 0, 2, 0, 7, 0, 0, 23, 0, 0
    };
    ByteBuffer body = ByteBuffer.allocate(200);
    body.putShort((short) 0xfefd).put(randomBytes(32)).put((byte) 0).put((byte) 0);
    body.putShort((short) 4).putShort((short) 0xc02b).putShort((short) 0xc02f);
    body.put((byte) 1).put((byte) 0).putShort((short) extensions.length).put(extensions);
    int length = body.position();
    ByteBuffer message = ByteBuffer.allocate(12 + length);
    message.putInt(1 << 24 | length).putShort((short) 0).putInt(0).putShort((short) length);
    // message_seq 0, fragment offset 0 (24 bits) and fragment length (24 bits) as written above
    message.put(body.array(), 0, length);
    return record(DTLS_HANDSHAKE, 0, message.array());
  }

  private static String ufrag() {
    return attribute(witness.viewer(), "ice-ufrag");
  }

  private static String password() {
    return attribute(witness.viewer(), "ice-pwd");
  }

  private static String attribute(LoadViewer viewer, String name) {
    Matcher line = Pattern.compile("a=" + name + ":(\\S+)").matcher(viewer.answer());
    assertThat(line.find()).as(name).isTrue();
    return line.group(1);
  }

  private static double noise(String reason) {
    return server
        .metric()
        .sum("roadcast_noise_datagrams_total", reason.isEmpty() ? "" : "reason=\"" + reason + "\"");
  }

  /** Somebody the server does not know. */
  private static final class Stranger implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket();
    private final InetSocketAddress target =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.webrtcPort());

    Stranger() throws IOException {
      socket.setSoTimeout(SILENCE_MILLIS);
    }

    void send(byte[] datagram) throws IOException {
      socket.send(new DatagramPacket(datagram, datagram.length, target));
    }

    /** What comes until nothing comes for a while. */
    int answeredBytes() throws IOException {
      int bytes = 0;
      DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
      try {
        while (bytes < 1 << 20) {
          socket.receive(answer);
          bytes += answer.getLength();
        }
      } catch (SocketTimeoutException silent) {
        return bytes;
      }
      return bytes;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
