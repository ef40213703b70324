package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.Jt1078Config;
import io.roadcast.jtt.jt1078.Jt1078PacketEncoder;
import io.roadcast.jtt.jt1078.Jt1078Server;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.TerminalId;
import io.roadcast.jtt.jt1078.UplinkTotals;
import io.roadcast.jtt.live.DataBudget;
import io.roadcast.jtt.live.DataUsage;
import io.roadcast.jtt.live.LiveConfig;
import io.roadcast.jtt.live.LiveStreams;
import io.roadcast.jtt.live.LiveTiming;
import io.roadcast.jtt.live.MediaAddress;
import io.roadcast.jtt.live.MediaTerminals;
import io.roadcast.jtt.live.TerminalFormats;
import io.roadcast.jtt.live.TerminalUplinks;
import io.roadcast.jtt.live.UsageStore;
import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal really receives in the course of a live stream, byte by byte. */
@Timeout(60)
class LiveOnTheWireTest {
  private static final StreamId FRONT = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final int LIVE_REQUEST = 0x9101;
  private static final int FORMAT_QUERY = 0x9003;
  private static final int LIVE_CONTROL = 0x9102;
  private static final int LIVE_STATUS = 0x9105;
  private static final byte[] KEYFRAME =
      HexFormat.of()
          .parseHex("000000016742c01eda0280bfe540" + "0000000168ce3c80" + "0000000165888420aabb");

  @TempDir Path directory;
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(30), 1 << 20, 100), pool);
  private final TerminalFormats formats = new TerminalFormats();
  private final TerminalUplinks uplinks = new TerminalUplinks();
  private Jt1078Server media;
  private TestGateway gateway;
  private TestTerminal terminal;
  private LiveStreams streams;

  @BeforeEach
  void start() throws Exception {
    // On all addresses, so that the one that is reached has to be asked for.
    gateway = new TestGateway(directory, Jt808Config.usual().at("0.0.0.0", 0), new OpenAdmission());
    media =
        new Jt1078Server(
            Jt1078Config.of(Quality.MAIN).withBindAddress("127.0.0.1").withPort(0),
            router,
            new MediaTerminals(
                gateway.server.links(),
                raw -> Optional.empty(),
                new DataUsage(new NoStore(), InstantSource.system()),
                uplinks,
                formats,
                channel -> streams.status(channel).paused(),
                terminal -> Optional.empty()));
    media.start();
    LiveTiming timing =
        LiveTiming.of(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(50));
    MediaAddress address =
        new MediaAddress("", media.port(), 6612, MediaAddress.MediaTransport.TCP);
    streams =
        LiveStreams.start(
            new LiveConfig(timing, address, Duration.ofMillis(100)),
            router,
            gateway.server.links(),
            known -> true,
            DataBudget.unlimited(),
            formats,
            media::end);
    terminal = TestTerminal.connect(gateway.port(), "013912345678");
    assertThat(terminal.authenticate()).isZero();
  }

  @AfterEach
  void stop() {
    terminal.close();
    streams.close();
    gateway.close();
    media.close();
    router.close();
    pool.close();
  }

  @Test
  void isAskedAtTheAddressItReachedToldOfLossesAndStopped() throws Exception {
    StreamLease lease = streams.demand(FRONT, LeaseHolder.VIEWER);
    WireMessage request = terminal.receive(LIVE_REQUEST);
    // "127.0.0.1" by its length, TCP port, no UDP port, channel 1, sound and picture, main stream
    assertThat(request.bodyHex())
        .isEqualTo("093132372e302e302e31" + String.format("%04x", media.port()) + "0000010000");
    acknowledge(request);
    try (Socket uplink = new Socket(InetAddress.getLoopbackAddress(), media.port())) {
      // 4 packets come, 12 between them do not: the numbers 0, 13, 14 and 15.
      Jt1078PacketEncoder before = encoder(0);
      send(uplink, before, 1000);
      lease.live().toCompletableFuture().get(20, TimeUnit.SECONDS);
      Jt1078PacketEncoder after = encoder(13);
      for (int i = 0; i < 3; i++) {
        send(uplink, after, 2000 + i * 40);
      }
      int lost = 0;
      while (lost == 0) {
        WireMessage status = terminal.receive(LIVE_STATUS);
        assertThat(status.body()).hasSize(2);
        assertThat(status.body()[0]).isEqualTo((byte) 1);
        lost = status.body()[1];
      }
      // All at once it is 12 of 16; if the first picture was reported on before, 12 of 15. The
      // packet that shows the gap may have been seen alone: 12 of 13 or 14.
      assertThat(lost).isIn(75, 80, 86, 92);
      lease.close();
      WireMessage control = terminal.receive(LIVE_CONTROL);
      assertThat(control.bodyHex()).isEqualTo("01000000");
      acknowledge(control);
    }
    assertThat(uplinks.channels("13912345678"))
        .containsExactly(Map.entry(1, new UplinkTotals.Sums(4, 1, 12, 0, 0)));
    assertThat(uplinks.channels("13900000000")).isEmpty();
  }

  @Test
  void whatItSaysOfItsSoundIsKnownBeforeAnyComes() throws Exception {
    StreamLease lease = streams.demand(FRONT, LeaseHolder.VIEWER);
    acknowledge(terminal.receive(LIVE_REQUEST));
    terminal.receive(FORMAT_QUERY);
    // G.726, one channel, 8 kHz, 8 bits, 320 bytes, no loudspeaker; H.264; at most 1 and 4 of them
    terminal.send(0x1003, "08010000014000620104");
    await().until(() -> formats.sound("13912345678") instanceof ExpectedSound.Of);
    try (Socket uplink = new Socket(InetAddress.getLoopbackAddress(), media.port())) {
      send(uplink, encoder(0), 1000);
      Stream stream = lease.live().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(stream.audio()).isNull();
      assertThat(stream.expectedSound())
          .isEqualTo(new ExpectedSound.Of(new AudioFormat(Codec.G726, 8000, 1)));
    }
    lease.close();
  }

  private void acknowledge(WireMessage command) throws IOException {
    terminal.send(0x0001, String.format("%04x%04x00", command.serial(), command.id()));
  }

  private static Jt1078PacketEncoder encoder(int firstSequence) {
    return new Jt1078PacketEncoder(
        TerminalId.ofDigits("13912345678", IdWidth.SIX), 950, firstSequence);
  }

  private static void send(Socket uplink, Jt1078PacketEncoder encoder, long time)
      throws IOException {
    ByteBuf out = Unpooled.buffer();
    encoder.encode(out, 1, PacketType.I_FRAME, PayloadTypes.H264, time, ByteBuffer.wrap(KEYFRAME));
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    uplink.getOutputStream().write(bytes);
  }

  private static final class NoStore implements UsageStore {
    @Override
    public Map<Channel, Long> load(YearMonth month) {
      return Map.of();
    }

    @Override
    public void add(YearMonth month, Map<Channel, Long> bytes) {}
  }
}
