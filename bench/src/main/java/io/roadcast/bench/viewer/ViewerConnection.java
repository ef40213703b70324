package io.roadcast.bench.viewer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's socket and what runs over it: ICE, DTLS, media, told apart by the first byte (RFC
 * 7983). Belongs to the loop's thread, except where a comment says otherwise.
 */
final class ViewerConnection implements DtlsClientEnd.Listener {
  private static final int MAX_DATAGRAMS_PER_TURN = 64;
  private static final int MAX_EARLY_PACKETS = 1024;

  @SuppressWarnings("ArrayRecordComponent")
  private record Early(byte[] bytes, long arrivalNanos) {}

  private final ViewerLoop loop;
  private final SessionAnswer answer;
  private final LoadViewerOptions options;
  private final String userName;

  /** The user name in the server's own checks, which only a full agent sends. */
  private final String checkedName;

  private final long begunNanos;
  private final long answeredNanos;
  private final Random random = new Random();
  private final IceClient ice;
  private final DtlsClientEnd dtls;
  private final Queue<Early> early = new ArrayDeque<>();
  private final CompletableFuture<LoadViewerState> settled = new CompletableFuture<>();
  private DatagramChannel channel;

  /** Who sent the newest datagram; after the socket is connected nobody else can. */
  private @Nullable InetSocketAddress sender;

  private @Nullable MediaSession media;
  private LoadViewerState state = LoadViewerState.CONNECTING;
  private @Nullable String failure;
  private double dropProbability;
  private long dropSeed;
  private long connectedNanos;
  private long datagrams;
  private long bytes;
  private long strays;
  private long beforeKeys;

  /**
   * @param channel belongs to the connection from now on
   * @param begunNanos when the offer was sent
   */
  ViewerConnection(
      ViewerLoop loop,
      DatagramChannel channel,
      IceParameters own,
      SessionAnswer answer,
      LoadViewerOptions options,
      long begunNanos) {
    this.loop = loop;
    this.answer = answer;
    this.options = options;
    this.begunNanos = begunNanos;
    this.answeredNanos = System.nanoTime();
    this.userName = answer.ice().ufrag() + ":" + own.ufrag();
    this.checkedName = own.ufrag() + ":" + answer.ice().ufrag();
    loop.stun().learn(userName, answer.ice().password());
    loop.stun().learn(checkedName, own.password());
    this.channel = channel;
    this.ice = new IceClient(loop.stun(), userName, answer.candidates(), this::send, random);
    this.dtls =
        new DtlsClientEnd(
            new DtlsHandshake(loop.identity(), answer.fingerprint(), options.suites()),
            datagram -> loop.execute(() -> send(datagram)),
            this);
  }

  void begin() {
    loop.register(channel, this);
    loop.add(this);
    ice.begin(System.nanoTime());
  }

  void readable() {
    for (int i = 0; i < MAX_DATAGRAMS_PER_TURN; i++) {
      ByteBuffer datagram = loop.datagram();
      try {
        if (channel.isConnected()) {
          if (channel.read(datagram) <= 0) {
            return;
          }
        } else {
          sender = (InetSocketAddress) channel.receive(datagram);
          if (sender == null) {
            return;
          }
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        continue; // the server's port is closed; consent will tell
      }
      receive(loop.datagramBytes(), datagram.position(), System.nanoTime());
    }
  }

  private void receive(byte[] datagram, int length, long now) {
    datagrams++;
    bytes += length;
    int first = length == 0 ? -1 : datagram[0] & 0xFF;
    if (first >= 128 && first <= 191) {
      receiveMedia(datagram, length, now);
    } else if (first >= 0 && first <= 3) {
      receiveStun(datagram, length, now);
    } else if (first >= 20 && first <= 63) {
      dtls.deliver(Arrays.copyOf(datagram, length));
    } else {
      strays++;
    }
  }

  private void receiveStun(byte[] datagram, int length, long now) {
    if (!StunCodec.isCheck(datagram, length)) {
      if (ice.receive(datagram, length, now)) {
        nominated();
      }
      return;
    }
    InetSocketAddress from = sender;
    byte[] answered =
        from == null ? null : loop.stun().answerTo(datagram, length, from, checkedName);
    if (from != null && answered != null) {
      send(answered, from);
    }
  }

  private void receiveMedia(byte[] datagram, int length, long now) {
    if (media == null) {
      beforeKeys++;
      if (early.size() < MAX_EARLY_PACKETS) {
        early.add(new Early(Arrays.copyOf(datagram, length), now));
      }
      return;
    }
    PacketBuffer packet = loop.packet();
    packet.set(datagram, length);
    media.receive(packet, now);
    if (media.ended() && state == LoadViewerState.CONNECTED) {
      state = LoadViewerState.CLOSED_BY_SERVER;
    }
  }

  private void nominated() {
    try {
      channel.connect(ice.selected());
    } catch (IOException e) {
      fail("cannot connect the socket: " + e.getMessage());
      return;
    }
    dtls.start();
  }

  /** Called on the handshake's thread. */
  @Override
  public void established(MediaKeys keys) {
    loop.execute(() -> begin(keys));
  }

  private void begin(MediaKeys keys) {
    if (state != LoadViewerState.CONNECTING) {
      return;
    }
    MediaSession session = new MediaSession(keys, answer, options, this::send, random);
    session.dropping(dropProbability, dropSeed);
    media = session;
    state = LoadViewerState.CONNECTED;
    connectedNanos = System.nanoTime();
    for (Early packet = early.poll(); packet != null; packet = early.poll()) {
      loop.packet().set(packet.bytes(), packet.bytes().length);
      session.receive(loop.packet(), packet.arrivalNanos());
    }
    settled.complete(state);
  }

  /** Called on the handshake's thread. */
  @Override
  public void failed(String reason) {
    loop.execute(() -> fail(reason));
  }

  /** Called on the handshake's thread. */
  @Override
  public void closedByServer() {
    loop.execute(
        () -> {
          if (state == LoadViewerState.CONNECTED) {
            state = LoadViewerState.CLOSED_BY_SERVER;
          }
        });
  }

  void fail(String reason) {
    if (state == LoadViewerState.CONNECTING || state == LoadViewerState.CONNECTED) {
      state = LoadViewerState.FAILED;
      failure = reason;
      settled.complete(state);
    }
  }

  void tick(long now) {
    switch (state) {
      case CONNECTING -> {
        ice.tick(now);
        if (now - begunNanos > options.connectTimeout().toNanos()) {
          fail(ice.selected() == null ? "no candidate answers" : "no handshake in time");
        }
      }
      case CONNECTED -> {
        ice.tick(now);
        if (media != null) {
          media.tick(now);
        }
        if (ice.consentLost(now)) {
          fail("the server stopped answering");
        }
      }
      case CLOSED_BY_SERVER, FAILED, CLOSED -> {
        // nothing is due any more
      }
    }
  }

  /** Sends a datagram to the server's media address, once that is known. */
  void send(byte[] datagram) {
    InetSocketAddress server = ice.selected();
    if (server != null) {
      send(datagram, server);
    }
  }

  private void send(byte[] datagram, InetSocketAddress target) {
    try {
      if (channel.isConnected()) {
        channel.write(ByteBuffer.wrap(datagram));
      } else {
        channel.send(ByteBuffer.wrap(datagram), target);
      }
    } catch (IOException e) {
      // an address that cannot be reached, a full socket, or a closed one: UDP loses datagrams
    }
  }

  /** Goes on from another local port, as a viewer whose network changed. */
  void changeLocalPort() {
    DatagramChannel old = channel;
    try {
      channel = ViewerLoop.bind();
      loop.register(channel, this);
      InetSocketAddress server = ice.selected();
      if (server != null) {
        channel.connect(server);
      }
      old.close();
    } catch (IOException e) {
      fail("cannot move to another port: " + e.getMessage());
    }
    ice.moved(System.nanoTime());
  }

  void stopConsent() {
    ice.stop();
  }

  void dropping(double probability, long seed) {
    dropProbability = probability;
    dropSeed = seed;
    if (media != null) {
      media.dropping(probability, seed);
    }
  }

  @Nullable MediaSession media() {
    return media;
  }

  DtlsClientEnd dtls() {
    return dtls;
  }

  int localPort() {
    return channel.socket().getLocalPort();
  }

  @Nullable InetSocketAddress server() {
    return ice.selected();
  }

  /** Completed once there are keys, or will be none. */
  CompletableFuture<LoadViewerState> settled() {
    return settled;
  }

  void close() {
    if (state == LoadViewerState.CLOSED) {
      return;
    }
    state = LoadViewerState.CLOSED;
    settled.complete(state);
    loop.remove(this);
    loop.stun().forget(userName);
    loop.stun().forget(checkedName);
    try {
      channel.close();
    } catch (IOException e) {
      // it is of no use any more
    }
  }

  LoadViewerStatistics statistics() {
    TransportStatistics transport =
        new TransportStatistics(
            datagrams,
            bytes,
            ice.checks(),
            ice.answers(),
            ice.refused(),
            0,
            0,
            0,
            strays,
            beforeKeys,
            0,
            0,
            0,
            0,
            0);
    MediaSession session = media;
    TrackReceiver video = session == null ? null : session.video();
    TrackReceiver audio = session == null ? null : session.audio();
    return new LoadViewerStatistics(
        state,
        failure,
        since(answeredNanos),
        since(connectedNanos),
        since(session == null ? 0 : session.firstPacketNanos()),
        since(video == null ? 0 : video.firstKeyframeNanos()),
        Optional.ofNullable(video).map(TrackReceiver::statistics),
        Optional.ofNullable(audio).map(TrackReceiver::statistics),
        session == null ? transport : session.statistics(transport));
  }

  private Optional<Duration> since(long nanos) {
    return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos - begunNanos));
  }
}
