package io.roadcast.sfu.whep;

import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.UplinkStatistics;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.transport.DialOut;
import io.roadcast.sfu.udp.DialledPeer;
import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.webrtc.DtlsAssociation;
import io.roadcast.sfu.webrtc.DtlsCaller;
import io.roadcast.sfu.webrtc.DtlsFailure;
import io.roadcast.sfu.webrtc.DtlsListener;
import io.roadcast.sfu.webrtc.FullIce;
import io.roadcast.sfu.webrtc.SdpException;
import io.roadcast.sfu.webrtc.WatchAnswer;
import io.roadcast.sfu.webrtc.WatchOffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try at a stream of another server, from the offer to the end. What comes in from media
 * workers, ice4j and the handshake is queued, and worked off by the one thread that runs it.
 */
final class WhepCall implements DialledPeer, Publisher {
  private static final int MAX_QUEUED = 4096;

  /** The other end has the keys first, and begins with a burst. */
  private static final int MAX_EARLY = 2048;

  private static final long CONNECT_NANOS = 20_000_000_000L;
  private static final long TICK_MILLIS = 20;

  /** Consent is asked for every 5 s, and then every half second until it is given. */
  private static final long SILENCE_NANOS = 12_000_000_000L;

  private final RemoteStream remote;
  private final Router router;
  private final DialOut port;
  private final WhepExchange exchange;
  private final Runnable live;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MAX_QUEUED);

  // The running thread's.
  private @Nullable WatchAnswer answer;
  private @Nullable FullIce ice;
  private @Nullable DtlsAssociation dtls;
  private @Nullable Publication publication;
  private final List<byte[]> early = new ArrayList<>();
  private boolean flows;
  private long heardNanos;

  private volatile @Nullable IncomingMedia media;
  private volatile @Nullable InetSocketAddress peer;

  /** What happens to a call. */
  private sealed interface Event {
    record Datagram(PeerAddress from, byte[] bytes) implements Event {}

    record WayFound(InetSocketAddress remote) implements Event {}

    record Secured(SrtpKeys keys) implements Event {}

    record Over(String reason) implements Event {}
  }

  /**
   * @param live told once, when media flows
   */
  WhepCall(RemoteStream remote, Router router, DialOut port, WhepExchange exchange, Runnable live) {
    this.remote = remote;
    this.router = router;
    this.port = port;
    this.exchange = exchange;
    this.live = live;
  }

  /**
   * Watches the stream until it is over; returns why that is.
   *
   * @throws InterruptedException if nobody wants it any more
   */
  RemoteEndedException run() throws InterruptedException {
    WhepExchange.Answer session = null;
    String reason = "it is no longer wanted";
    try {
      FullIce agent = agent();
      ice = agent;
      port.peers().add(agent.credentials().ufrag(), this);
      session =
          exchange.offer(
              WatchOffer.write(
                  agent.credentials(), port.dtls().certificate().fingerprint(), port.addresses()));
      WatchAnswer answered = WatchAnswer.parse(session.sdp());
      answer = answered;
      agent.start(answered.credentials(), answered.candidates());
      throw work();
    } catch (RemoteEndedException e) {
      reason = String.valueOf(e.getMessage());
      return e;
    } catch (SdpException e) {
      reason = String.valueOf(e.getMessage());
      return new RemoteEndedException(reason);
    } finally {
      end(reason, session);
    }
  }

  private FullIce agent() throws RemoteEndedException {
    try {
      return new FullIce(
          port.addresses(),
          (to, datagram, request) -> {
            if (request) {
              port.peers().asked(datagram, this);
            }
            port.send(to, datagram);
          },
          new FullIce.Listener() {
            @Override
            public void connected(InetSocketAddress found) {
              put(new Event.WayFound(found));
            }

            @Override
            public void failed() {
              put(new Event.Over("no candidate of the other server answers"));
            }
          });
    } catch (IOException e) {
      throw new RemoteEndedException("ICE can not begin: " + e.getMessage());
    }
  }

  /** Returns why it is over. */
  private RemoteEndedException work() throws RemoteEndedException, InterruptedException {
    long begun = System.nanoTime();
    heardNanos = begun;
    while (true) {
      Event event = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      long now = System.nanoTime();
      if (event != null) {
        happened(event, now);
      }
      IncomingMedia flowing = media;
      if (flowing != null && (event == null || events.isEmpty())) {
        flowing.tick(now);
      }
      if (!flows && flowing != null && flowing.flows()) {
        flows = true;
        live.run();
      }
      if (flowing == null && now - begun > CONNECT_NANOS) {
        return new RemoteEndedException("no connection came about");
      }
      if (now - heardNanos > SILENCE_NANOS) {
        return new RemoteEndedException("the other server fell silent");
      }
    }
  }

  private void happened(Event event, long now) throws RemoteEndedException {
    switch (event) {
      case Event.Datagram(PeerAddress from, byte[] bytes) -> arrived(from, bytes, now);
      case Event.WayFound(InetSocketAddress found) -> secure(found);
      case Event.Secured(SrtpKeys keys) -> publish(keys, now);
      case Event.Over(String reason) -> throw new RemoteEndedException(reason);
    }
  }

  private void arrived(PeerAddress from, byte[] datagram, long now) {
    int first = datagram[0] & 0xff;
    IncomingMedia flowing = media;
    if (first <= 3) {
      boolean response = (datagram[0] & 0x01) != 0;
      heardNanos = response ? now : heardNanos;
      if (ice != null) {
        ice.receive(from.toSocketAddress(), datagram);
      }
    } else if (first <= 63) {
      if (dtls != null) {
        dtls.receive(datagram);
      }
    } else if (flowing == null) {
      if (early.size() < MAX_EARLY) {
        early.add(datagram);
      }
    } else if (flowing.received(datagram, now)) {
      heardNanos = now;
    }
  }

  private void secure(InetSocketAddress found) {
    peer = found;
    port.peers().agreed(PeerAddress.of(found), this);
    WatchAnswer agreed = answer;
    if (agreed == null || dtls != null) {
      return;
    }
    dtls =
        agreed.weCall()
            ? DtlsCaller.call(
                port.dtls().certificate(), agreed.fingerprint(), this::send, new Handshake())
            : port.dtls().endpoint(agreed.fingerprint(), this::send, new Handshake());
  }

  private void publish(SrtpKeys keys, long now) throws RemoteEndedException {
    WatchAnswer agreed = answer;
    if (agreed == null) {
      return;
    }
    try {
      Publication published = router.publish(remote.id(), this);
      publication = published;
      IncomingMedia flowing = new IncomingMedia(agreed.media(), keys, published, this::send, now);
      media = flowing;
      early.forEach(datagram -> flowing.received(datagram, now));
      early.clear();
    } catch (PublishRefusedException e) {
      throw new RemoteEndedException(String.valueOf(e.getMessage()));
    }
  }

  private void send(byte[] datagram) {
    InetSocketAddress to = peer;
    if (to != null) {
      port.send(to, datagram);
    }
  }

  private void end(String reason, WhepExchange.@Nullable Answer session) {
    boolean interrupted = Thread.interrupted(); // or nobody could be told goodbye
    if (dtls != null) {
      dtls.close();
    }
    if (publication != null) {
      publication.close(reason);
    }
    if (session != null) {
      exchange.goodbye(session.session());
    }
    port.peers().remove(this);
    if (ice != null) {
      ice.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Event event) {
    events.offer(event); // what is too much for the queue is sent again, or missed like on the way
  }

  @Override
  public void received(PeerAddress from, byte[] datagram) {
    if (datagram.length > 0) {
      put(new Event.Datagram(from, datagram));
    }
  }

  @Override
  public SourceInfo source() {
    InetSocketAddress address = peer;
    String from =
        address == null
            ? remote.endpoint().getAuthority()
            : address.getAddress().getHostAddress() + ":" + address.getPort();
    return new SourceInfo("whep", "udp", from);
  }

  @Override
  public UplinkStatistics uplink() {
    IncomingMedia flowing = media;
    return flowing == null ? UplinkStatistics.NONE : flowing.statistics();
  }

  @Override
  public void superseded() {
    put(new Event.Over("somebody else publishes " + remote.id()));
  }

  /** On virtual threads. */
  private final class Handshake implements DtlsListener {
    @Override
    public void established(SrtpKeys keys) {
      put(new Event.Secured(keys));
    }

    @Override
    public void failed(DtlsFailure failure, String detail) {
      put(new Event.Over("the handshake failed: " + failure));
    }

    @Override
    public void closedByPeer() {
      put(new Event.Over("the other server ended it"));
    }
  }
}
