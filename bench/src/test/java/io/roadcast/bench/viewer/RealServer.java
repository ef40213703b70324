package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.transport.SfuConfig;
import io.roadcast.sfu.transport.SfuServer;
import io.roadcast.sfu.transport.ViewerOptions;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.udp.ViewerEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The real server in this process, on a free port of the loopback interface. */
final class RealServer implements AutoCloseable {
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 24);
  private final Router router =
      new Router(new RouterConfig(50, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  private final SfuServer sfu;

  RealServer() throws IOException {
    this(SfuConfig.defaults());
  }

  RealServer(SfuConfig config) throws IOException {
    sfu =
        SfuServer.start(
            config.withUdpPort(0).withBindAddresses(List.of(InetAddress.getLoopbackAddress())));
  }

  FilmedStream film(int channel) throws Exception {
    return new FilmedStream(router, channel);
  }

  /** Whether a stream has shown pictures and sound, so that a viewer is answered with both. */
  boolean has(StreamId id) {
    Stream stream = router.find(id);
    return stream != null && stream.video() != null && stream.audio() != null;
  }

  SfuServer sfu() {
    return sfu;
  }

  /** What WHEP does, without HTTP. */
  OfferExchange exchange(StreamId id) {
    AtomicReference<ViewerSession> session = new AtomicReference<>();
    return new OfferExchange() {
      @Override
      public String answer(String offer) throws IOException {
        Stream stream = Objects.requireNonNull(router.find(id));
        try {
          ViewerSession opened = sfu.viewers().open(stream, offer, ViewerOptions.of("test"));
          session.set(opened);
          return opened.sdpAnswer();
        } catch (Exception e) {
          throw new IOException("refused: " + e, e);
        }
      }

      @Override
      public void leave() {
        ViewerSession opened = session.get();
        if (opened != null) {
          sfu.viewers().close(opened.id(), ViewerEnd.LEFT);
        }
      }
    };
  }

  /** Checks that every block came back. */
  @Override
  public void close() {
    sfu.close();
    router.close();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }
}
