package io.roadcast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Masses of what is not for the media port, while somebody watches: the picture misses nothing.
 * What memory does is {@link GarbageMemoryTest}'s.
 */
@Tag("load")
@Timeout(120)
class MediaPortFloodTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int KINDS = 200;
  private static final int PER_MILLI = 100;
  private static final long MILLI_NANOS = 1_000_000;

  private static RunningServer server;
  private static Witness witness;

  private final Random random = new Random(100_000);

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    witness = Witness.start(server, "13900000011");
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

  @Test
  void aHundredThousandRandomDatagramsInASecond() throws Exception {
    List<byte[]> datagrams = new ArrayList<>();
    for (int i = 0; i < KINDS; i++) {
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      datagrams.add(noise);
    }
    flood(datagrams, 200_000);
  }

  @Test
  void tenThousandClientHellosOfStrangers() throws Exception {
    List<byte[]> datagrams = new ArrayList<>();
    for (int i = 0; i < KINDS; i++) {
      // A record with the beginning of a handshake; who sends it from no proved address is nobody.
      byte[] hello = new byte[180];
      random.nextBytes(hello);
      ByteBuffer.wrap(hello)
          .put((byte) 22)
          .putShort((short) 0xfefd)
          .put(new byte[8])
          .putShort((short) 167)
          .put((byte) 1);
      datagrams.add(hello);
    }
    flood(datagrams, 10_000);
  }

  @Test
  void tenThousandChecksWithAWrongPassword() throws Exception {
    String ufrag = witness.viewer().answer().replaceAll("(?s).*?a=ice-ufrag:(\\S+).*", "$1");
    List<byte[]> datagrams = new ArrayList<>();
    for (int i = 0; i < KINDS; i++) {
      datagrams.add(
          Stun.check(ufrag + ":peer", random).integrity("wrong " + i).fingerprint().bytes());
    }
    flood(datagrams, 10_000);
    assertThat(
            server
                .metric()
                .sum("roadcast_noise_datagrams_total", "reason=\"stun_unauthenticated\""))
        .isPositive();
  }

  /** At a hundred thousand a second, if the machine can; then looks at what the viewer got. */
  private void flood(List<byte[]> datagrams, int count) throws IOException {
    double before = server.metric().sum("roadcast_noise_datagrams_total", "");
    InetSocketAddress target =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.webrtcPort());
    long begun = System.nanoTime();
    try (DatagramChannel channel = DatagramChannel.open()) {
      for (int sent = 0; sent < count; sent++) {
        channel.send(ByteBuffer.wrap(datagrams.get(sent % datagrams.size())), target);
        long due = begun + sent / PER_MILLI * MILLI_NANOS;
        if (sent % PER_MILLI == 0 && due - System.nanoTime() > 0) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
      }
    }
    long millis = (System.nanoTime() - begun) / MILLI_NANOS;
    await()
        .atMost(SOON)
        .until(() -> server.metric().sum("roadcast_noise_datagrams_total", "") > before);
    double shed = server.metric().sum("roadcast_frames_dropped_total", "reason=\"overload\"");
    assumeTrue(shed == 0, "SKIPPED: this machine is too busy with other things for a flood");
    witness.assertUndisturbed();
    double taken = server.metric().sum("roadcast_noise_datagrams_total", "") - before;
    System.out.printf("%d datagrams in %d ms, %.0f of them read%n", count, millis, taken);
    server.assertHealthy();
  }
}
