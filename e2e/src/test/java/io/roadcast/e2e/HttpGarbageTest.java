package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody should send to the API, while a vehicle is watched. */
@Tag("slow")
@Timeout(60)
class HttpGarbageTest {
  private static final int TEN_MEGABYTES = 10 << 20;

  private static RunningServer server;
  private static Witness witness;
  private static Http http;

  private final Random random = new Random(8080);

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    witness = Witness.start(server, "13900000050");
    http = new Http(server.url());
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
  void anOfferOfTenMegabytesIsRefusedWithoutBeingRead() throws Exception {
    double before = requests("413");
    String answer = post("Content-Length: " + TEN_MEGABYTES, new byte[1000], 1);
    assertThat(answer).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
    assertOneMoreIsCounted("413", before);
  }

  @Test
  void anOfferOfTenMegabytesThatIsSentAnywayIsRefused() throws Exception {
    String answer = post("Content-Length: " + TEN_MEGABYTES, new byte[1 << 20], 10);
    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void anOfferOfTenMegabytesOfUnknownLengthIsRefused() throws Exception {
    double before = requests("413");
    byte[] chunk = ("10000\r\n" + "a".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    String answer = post("Transfer-Encoding: chunked", chunk, 160);
    assertThat(answer).startsWith("HTTP/1.1 413");
    assertOneMoreIsCounted("413", before);
  }

  @RepeatedTest(5)
  void anOrdinaryClientIsToldOfTheTooLongOffer() {
    HttpResponse<String> refused =
        http.send(
            "POST", whep(), "application/sdp", BodyPublishers.ofByteArray(new byte[TEN_MEGABYTES]));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(Http.code(refused)).isEqualTo("BODY_TOO_LARGE");
  }

  private static List<String> nonsense() {
    String offer = Offers.small();
    List<String> offers =
        new ArrayList<>(
            List.of(
                "",
                "hello",
                "\u0000\u0001\u0002",
                "v=0",
                "v=1\r\n" + offer.substring(5),
                "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n",
                "{\"type\":\"offer\"}",
                "v=0\r\n".repeat(5000),
                offer.replace("a=ice-ufrag:abcd\r\n", ""),
                offer.replaceAll("a=ice-pwd:.*\r\n", ""),
                offer.replaceAll("a=fingerprint:.*\r\n", ""),
                offer.replaceAll("a=fingerprint:.*\r\n", "a=fingerprint:sha-256 zz:zz\r\n"),
                offer.replace("a=rtcp-mux\r\n", ""),
                offer.replace("m=video 9", "m=video 99999999999999999999"),
                offer.replace("SAVPF 96", "SAVPF " + "9".repeat(40)),
                offer.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"),
                offer.substring(0, offer.length() / 2)));
    Random random = new Random(1);
    byte[] bytes = new byte[3000];
    random.nextBytes(bytes);
    offers.add(new String(bytes, StandardCharsets.ISO_8859_1));
    return offers;
  }

  @Test
  void offersThatAreNoneAreRefused() {
    for (String offer : nonsense()) {
      HttpResponse<String> refused = http.postSdp(whep(), offer);
      assertThat(refused.statusCode()).as(offer + refused.body()).isEqualTo(400);
      assertThat(Http.code(refused)).isEqualTo("SDP_INVALID");
      assertThat(refused.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }
  }

  @Test
  void whoCanNotTakeTheStreamsCodecIsToldSo() {
    for (String format : List.of("VP8/90000", "VP9/90000", "AV1/90000", "H265/90000")) {
      HttpResponse<String> refused = http.postSdp(whep(), Offers.of(format));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
      assertThat(Http.code(refused)).isEqualTo("CODEC_NOT_SUPPORTED");
    }
  }

  @Test
  void offersThatAreAcceptedAndNeverComeCostLittle() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(http.postSdp(whep(), Offers.small()).statusCode()).isEqualTo(201);
    }
    witness.assertUndisturbed();
  }

  @Test
  void changedOffersAreAnsweredOrRefusedButNeverAnError() {
    String offer = Offers.small();
    double before = requests("500");
    for (int i = 0; i < 100; i++) {
      StringBuilder changed = new StringBuilder(offer);
      for (int change = 0; change < 4; change++) {
        changed.setCharAt(random.nextInt(changed.length()), (char) (1 + random.nextInt(126)));
      }
      assertThat(http.postSdp(whep(), changed.toString()).statusCode()).isIn(201, 400, 422, 429);
    }
    assertThat(requests("500")).isEqualTo(before);
  }

  @Test
  void bytesThatAreNoRequestAreRefused() throws Exception {
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[1 + random.nextInt(3000)];
      random.nextBytes(noise);
      try (Socket socket = connect()) {
        send(socket, noise);
        send(socket, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer(socket)).matches("(?s)|HTTP/1.1 [45].*");
      }
    }
  }

  @Test
  void nonsenseOverTheWebSocketIsAnsweredOrEndsIt() {
    try (PushClient pushes = PushClient.connect(http.client(), server.wsUrl())) {
      pushes.awaitType("hello");
      for (String text : List.of("{", "[]", "{\"type\":7}", "{\"type\":\"viewer.follow\"}")) {
        pushes.say(text);
        assertThat(pushes.awaitType("error").path("code").asText()).isEqualTo("MESSAGE_INVALID");
      }
      pushes.sayWhatMayBeCutOff("x".repeat(1 << 20));
      assertThat(pushes.closeCode()).isIn(1008, 1009);
    }
  }

  /** The refusal leaves before the rest of the body is thrown away; it is counted after that. */
  private static void assertOneMoreIsCounted(String status, double before) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(requests(status)).isEqualTo(before + 1));
  }

  private static String whep() {
    return "/whep/" + witness.stream();
  }

  /** Sends a head, then the body over and over while the server takes it. */
  private static String post(String lengthHeader, byte[] body, int times) throws IOException {
    long begun = System.nanoTime();
    try (Socket socket = connect()) {
      String head =
          "POST "
              + whep()
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sdp\r\n"
              + lengthHeader
              + "\r\n\r\n";
      send(socket, head.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < times; i++) {
        send(socket, body);
      }
      String answer = answer(socket);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      return answer;
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort());
    socket.setSoTimeout(15_000);
    return socket;
  }

  /** A server that has closed already says why in its answer. */
  private static void send(Socket socket, byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException closed) {
      // answer() tells
    }
  }

  private static String answer(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] piece = new byte[4096];
    InputStream in = socket.getInputStream();
    try {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        text.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException reset) {
      // what came before it counts
    }
    return text.toString();
  }

  private static double requests(String status) {
    return server
        .metric()
        .sum("roadcast_http_request_duration_seconds_count", "status=\"" + status + "\"");
  }
}
