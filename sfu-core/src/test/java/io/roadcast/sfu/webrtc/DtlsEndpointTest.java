package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DtlsEndpointTest {
  private static final DtlsCertificate SERVER = DtlsCertificate.generate();
  private static final DtlsCertificate BROWSER = DtlsCertificate.generate();

  private final DtlsServer server = new DtlsServer(SERVER, 256);

  /** What one endpoint told its listener. */
  private static final class Outcome implements DtlsListener {
    final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    final CompletableFuture<DtlsFailure> failure = new CompletableFuture<>();
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public void established(SrtpKeys srtpKeys) {
      keys.complete(srtpKeys);
    }

    @Override
    public void failed(DtlsFailure reason, String detail) {
      failure.complete(reason);
    }

    @Override
    public void closedByPeer() {
      closed.incrementAndGet();
    }
  }

  @Test
  void agreesOnKeysWithGcmPreferred() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    DtlsEndpoint endpoint = connected(client, BROWSER.fingerprint(), outcome, direct());
    client.connect();
    SrtpKeys ours = outcome.keys.get();
    assertThat(ours.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    assertMirrored(ours, client);
    assertThat(client.seen()).isEqualTo(SERVER.fingerprint());
    await().until(() -> server.runningHandshakes() == 0);
    endpoint.close();
  }

  @Test
  void takesTheProfileThatThePeerHas() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client =
        new DtlsClient(BROWSER).srtpProfiles(0x0008, SrtpProfile.AES128_CM_HMAC_SHA1_80.id());
    connected(client, BROWSER.fingerprint(), outcome, direct());
    client.connect();
    assertThat(outcome.keys.get().profile()).isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    assertMirrored(outcome.keys.get(), client);
  }

  @Test
  void reassemblesAFragmentedClientHello() throws Exception {
    Outcome outcome = new Outcome();
    AtomicInteger datagrams = new AtomicInteger();
    DtlsClient client = new DtlsClient(BROWSER).sendLimit(90);
    DtlsEndpoint endpoint = endpoint(client, BROWSER.fingerprint(), outcome, direct());
    client.output(
        datagram -> {
          datagrams.incrementAndGet();
          endpoint.receive(datagram);
        });
    client.connect();
    assertMirrored(outcome.keys.get(), client);
    assertThat(datagrams.get()).isGreaterThan(8);
  }

  @Test
  void refusesACertificateThatWasNotAnnounced() {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    connected(client, SERVER.fingerprint(), outcome, direct());
    assertFails(client, outcome, DtlsFailure.WRONG_FINGERPRINT);
    assertThat(client.closedByServer()).isTrue();
  }

  @Test
  void comparesLongerHashesToo() throws Exception {
    for (String algorithm : List.of("sha-384", "sha-512")) {
      Outcome outcome = new Outcome();
      DtlsClient client = new DtlsClient(BROWSER);
      connected(client, Fingerprint.of(algorithm, BROWSER.encoded()), outcome, direct());
      client.connect();
      assertMirrored(outcome.keys.get(), client);
    }
  }

  @Test
  void refusesAPeerWithoutCertificate() {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER).withoutCertificate();
    connected(client, BROWSER.fingerprint(), outcome, direct());
    assertFails(client, outcome, DtlsFailure.WITHOUT_CERTIFICATE);
  }

  @Test
  void refusesAPeerWithoutSrtp() {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER).srtpProfiles();
    connected(client, BROWSER.fingerprint(), outcome, direct());
    assertFails(client, outcome, DtlsFailure.WITHOUT_SRTP);
  }

  @Test
  void refusesAPeerWithoutExtendedMasterSecret() {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER).withoutExtendedMasterSecret();
    connected(client, BROWSER.fingerprint(), outcome, direct());
    assertFails(client, outcome, DtlsFailure.PROTOCOL_ERROR);
  }

  @Test
  void completesOverALossyPath() throws Exception {
    for (int seed = 0; seed < 10; seed++) {
      Outcome outcome = new Outcome();
      DtlsClient client = new DtlsClient(BROWSER);
      connected(client, BROWSER.fingerprint(), outcome, lossy(seed, 0.15));
      client.connect();
      assertMirrored(outcome.keys.get(), client);
    }
  }

  @Test
  void survivesTheLossOfTheCertificateVerify() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    AtomicInteger verifies = new AtomicInteger();
    DtlsEndpoint endpoint = endpoint(client, BROWSER.fingerprint(), outcome, direct());
    client.output(
        datagram -> {
          boolean verify = datagram[0] == 22 && datagram[4] == 0 && datagram[13] == 15;
          if (!verify || verifies.incrementAndGet() > 1) {
            endpoint.receive(datagram);
          }
        });
    client.connect();
    assertThat(verifies.get()).isGreaterThan(1);
    assertMirrored(outcome.keys.get(), client);
  }

  @Test
  void sendsItsLastFlightAgainAfterTheHandshake() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    AtomicInteger finished = new AtomicInteger();
    // The server's ChangeCipherSpec (record type 20) and what follows are lost the first time.
    connected(
        client,
        BROWSER.fingerprint(),
        outcome,
        target ->
            datagram -> {
              boolean lastFlight = datagram[0] == 20 || datagram[4] == 1;
              if (!lastFlight || finished.incrementAndGet() > 2) {
                target.accept(datagram);
              }
            });
    client.connect();
    assertThat(finished.get()).isGreaterThan(2);
    assertMirrored(outcome.keys.get(), client);
  }

  @Test
  void onALongPathItsLastFlightIsSaidTwiceBeforeMediaBegin() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    Set<String> said = new HashSet<>();
    AtomicInteger again = new AtomicInteger();
    CompletableFuture<Integer> beforeMedia = outcome.keys.thenApply(keys -> again.get());
    try (ScheduledExecutorService path = Executors.newSingleThreadScheduledExecutor()) {
      DtlsEndpoint endpoint =
          endpoint(
              client,
              BROWSER.fingerprint(),
              outcome,
              target ->
                  datagram -> {
                    boolean lastFlight = datagram[0] == 20 || datagram[4] == 1;
                    boolean lost = lastFlight && said.add(HexFormat.of().formatHex(datagram));
                    if (!lost) {
                      again.addAndGet(lastFlight ? 1 : 0);
                      later(path, () -> target.accept(datagram));
                    }
                  });
      client.output(datagram -> later(path, () -> endpoint.receive(datagram)));
      client.connect();
      assertMirrored(outcome.keys.get(), client);
    }
    assertThat(said).as("datagrams that were lost the first time").isNotEmpty();
    assertThat(beforeMedia.get()).as("ChangeCipherSpec and Finished, again").isEqualTo(2);
  }

  private static void later(ScheduledExecutorService path, Runnable delivery) {
    var unused = path.schedule(delivery, 30, TimeUnit.MILLISECONDS);
  }

  @Test
  void ignoresGarbageBeforeAndDuringTheHandshake() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    DtlsEndpoint endpoint = endpoint(client, BROWSER.fingerprint(), outcome, direct());
    Random random = new Random(4);
    Consumer<byte[]> garbage =
        unused -> {
          byte[] bytes = new byte[1 + random.nextInt(200)];
          random.nextBytes(bytes);
          bytes[0] = (byte) (20 + random.nextInt(44));
          endpoint.receive(bytes);
        };
    garbage.accept(new byte[0]);
    assertThat(server.runningHandshakes()).isZero();
    client.output(
        datagram -> {
          endpoint.receive(datagram);
          garbage.accept(datagram);
        });
    client.connect();
    assertMirrored(outcome.keys.get(), client);
  }

  @Test
  void givesUpOnASilentPeer() throws Exception {
    DtlsServer impatient = new DtlsServer(SERVER, 1, Duration.ofMillis(400));
    Outcome outcome = new Outcome();
    DtlsEndpoint endpoint = impatient.endpoint(BROWSER.fingerprint(), datagram -> {}, outcome);
    endpoint.receive(clientHello());
    assertThat(outcome.failure.get()).isEqualTo(DtlsFailure.TIMED_OUT);
    await().until(() -> impatient.runningHandshakes() == 0);
  }

  @Test
  void boundsTheHandshakesThatRunAtATime() throws Exception {
    DtlsServer busy = new DtlsServer(SERVER, 1, Duration.ofSeconds(15));
    DtlsEndpoint first = busy.endpoint(BROWSER.fingerprint(), datagram -> {}, new Outcome());
    first.receive(clientHello());
    DtlsEndpoint second = busy.endpoint(BROWSER.fingerprint(), datagram -> {}, new Outcome());
    second.receive(clientHello());
    assertThat(busy.refusedHandshakes()).isEqualTo(1);
    assertThat(busy.runningHandshakes()).isEqualTo(1);
    first.close();
    await().until(() -> busy.runningHandshakes() == 0);
    second.receive(clientHello());
    assertThat(busy.runningHandshakes()).isEqualTo(1);
    second.close();
  }

  @Test
  void hearsThePeerClose() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    connected(client, BROWSER.fingerprint(), outcome, direct());
    DTLSTransport transport = client.connect();
    outcome.keys.get();
    transport.close();
    await().until(() -> outcome.closed.get() == 1);
    assertThat(outcome.failure.isDone()).isFalse();
  }

  @Test
  void tellsThePeerThatItCloses() throws Exception {
    Outcome outcome = new Outcome();
    DtlsClient client = new DtlsClient(BROWSER);
    DtlsEndpoint endpoint = connected(client, BROWSER.fingerprint(), outcome, direct());
    DTLSTransport transport = client.connect();
    outcome.keys.get();
    endpoint.close();
    byte[] buffer = new byte[2048];
    await()
        .until(
            () -> {
              transport.receive(buffer, 0, buffer.length, 10);
              return client.closedByServer();
            });
    assertThat(outcome.closed.get()).isZero();
  }

  @Test
  void servesTwoHundredAtOnce() throws Exception {
    List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DTLSTransport>> connections = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 200; i++) {
        Outcome outcome = new Outcome();
        outcomes.add(outcome);
        DtlsClient client = new DtlsClient(BROWSER);
        connected(client, BROWSER.fingerprint(), outcome, direct());
        connections.add(clients.submit(client::connect));
      }
      for (Future<DTLSTransport> connection : connections) {
        connection.get();
      }
    }
    for (Outcome outcome : outcomes) {
      assertThat(outcome.keys.get().profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    }
    await().until(() -> server.runningHandshakes() == 0);
  }

  private static void assertMirrored(SrtpKeys ours, DtlsClient client) {
    SrtpKeys theirs = Objects.requireNonNull(client.keys());
    assertThat(theirs.profile()).isEqualTo(ours.profile());
    assertThat(theirs.local().key()).isEqualTo(ours.remote().key());
    assertThat(theirs.local().salt()).isEqualTo(ours.remote().salt());
    assertThat(theirs.remote().key()).isEqualTo(ours.local().key());
    assertThat(theirs.remote().salt()).isEqualTo(ours.local().salt());
  }

  private void assertFails(DtlsClient client, Outcome outcome, DtlsFailure expected) {
    assertThatThrownBy(client::connect).isInstanceOf(IOException.class);
    assertThat(outcome.failure.join()).isEqualTo(expected);
    assertThat(outcome.keys.isDone()).isFalse();
    await().until(() -> server.runningHandshakes() == 0);
  }

  /** What happens to datagrams in either direction. */
  private interface Path {
    Consumer<byte[]> to(Consumer<byte[]> target);
  }

  private static Path direct() {
    return target -> target;
  }

  private static Path lossy(int seed, double loss) {
    Random random = new Random(seed);
    return target ->
        datagram -> {
          if (random.nextDouble() >= loss) {
            target.accept(datagram);
          }
        };
  }

  private DtlsEndpoint connected(
      DtlsClient client, Fingerprint announced, Outcome outcome, Path path) {
    DtlsEndpoint endpoint = endpoint(client, announced, outcome, path);
    client.output(path.to(endpoint::receive));
    return endpoint;
  }

  private DtlsEndpoint endpoint(
      DtlsClient client, Fingerprint announced, Outcome outcome, Path path) {
    return server.endpoint(announced, path.to(client::deliver), outcome);
  }

  /** A ClientHello that no client waits behind. */
  private static byte[] clientHello() throws InterruptedException {
    CompletableFuture<byte[]> hello = new CompletableFuture<>();
    DtlsClient client = new DtlsClient(BROWSER);
    client.output(hello::complete);
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try {
                client.connect();
              } catch (IOException e) {
                // interrupted below
              }
            });
    byte[] datagram = hello.join();
    thread.interrupt();
    thread.join();
    return datagram;
  }
}
