package io.roadcast.bench.viewer;

import io.roadcast.media.rtp.RtcpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One viewer that watches a stream: counts, measures, and behaves badly where a test wants that.
 * All methods from any thread.
 */
public final class LoadViewer implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ViewerLoop loop;
  private final boolean ownsLoop;
  private final OfferExchange exchange;
  private final String answer;
  private final ViewerConnection connection;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LoadViewer(
      ViewerLoop loop,
      boolean ownsLoop,
      OfferExchange exchange,
      String answer,
      ViewerConnection connection) {
    this.loop = loop;
    this.ownsLoop = ownsLoop;
    this.exchange = exchange;
    this.answer = answer;
    this.connection = connection;
  }

  /**
   * Watches by WHEP, on a thread of its own; returns when there are keys.
   *
   * @throws WhepException if the server refuses
   * @throws IOException if there is no connection in time
   */
  public static LoadViewer connect(URI whep, LoadViewerOptions options)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    ViewerLoop loop = ViewerLoop.start();
    try {
      LoadViewer viewer = open(loop, true, new WhepClient(http, whep, options.token()), options);
      viewer.awaitConnected();
      return viewer;
    } catch (IOException | RuntimeException | InterruptedException e) {
      loop.close();
      throw e;
    }
  }

  /** Watches through any exchange, on a loop that may serve others too; waits for keys. */
  public static LoadViewer connect(
      ViewerLoop loop, OfferExchange exchange, LoadViewerOptions options)
      throws IOException, InterruptedException {
    LoadViewer viewer = open(loop, exchange, options);
    viewer.awaitConnected();
    return viewer;
  }

  /**
   * As {@link #connect(ViewerLoop, OfferExchange, LoadViewerOptions)}, without waiting for keys.
   */
  public static LoadViewer open(ViewerLoop loop, OfferExchange exchange, LoadViewerOptions options)
      throws IOException, InterruptedException {
    return open(loop, false, exchange, options);
  }

  private static LoadViewer open(
      ViewerLoop loop, boolean ownsLoop, OfferExchange exchange, LoadViewerOptions options)
      throws IOException, InterruptedException {
    DatagramChannel channel = ViewerLoop.bind();
    try {
      return open(loop, ownsLoop, exchange, options, channel);
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static LoadViewer open(
      ViewerLoop loop,
      boolean ownsLoop,
      OfferExchange exchange,
      LoadViewerOptions options,
      DatagramChannel channel)
      throws IOException, InterruptedException {
    IceParameters own = IceParameters.random(RANDOM);
    String offer =
        SessionOffer.write(
            options,
            own,
            loop.identity().fingerprint(),
            RANDOM.nextLong(),
            channel.socket().getLocalPort());
    long begun = System.nanoTime();
    String answer = exchange.answer(options.offerEdit().apply(offer));
    SessionAnswer parsed = SessionAnswer.parse(answer);
    if (parsed.candidates().isEmpty()) {
      throw new SdpAnswerException("an answer without UDP candidates");
    }
    ViewerConnection connection =
        loop.call(
            () -> {
              ViewerConnection made =
                  new ViewerConnection(loop, channel, own, parsed, options, begun);
              made.begin();
              return made;
            });
    return new LoadViewer(loop, ownsLoop, exchange, answer, connection);
  }

  /**
   * Waits until there are keys.
   *
   * @throws IOException if there will be none; the viewer is then closed
   */
  public void awaitConnected() throws IOException, InterruptedException {
    LoadViewerState state = connection.settled().join();
    if (state != LoadViewerState.CONNECTED) {
      String failure = statistics().failure();
      close();
      throw new IOException("no connection: " + (failure == null ? state : failure));
    }
  }

  /** A snapshot, also after the end. */
  public LoadViewerStatistics statistics() {
    return loop.call(connection::statistics);
  }

  /** The server's SDP. */
  public String answer() {
    return answer;
  }

  /** Our current port. */
  public int localPort() {
    return loop.call(connection::localPort);
  }

  /** Where media comes from, or null before a candidate answered. */
  public @Nullable InetSocketAddress server() {
    return loop.<Addressed>call(() -> new Addressed(connection.server())).address();
  }

  private record Addressed(@Nullable InetSocketAddress address) {}

  /** Sends any bytes from our socket to the server's media address. */
  public void sendRaw(byte[] datagram) {
    loop.execute(() -> connection.send(datagram));
  }

  /**
   * Our SSRC in reports and requests.
   *
   * @throws IllegalStateException before there are keys
   */
  public int ssrc() {
    return loop.call(() -> media().ownSsrc());
  }

  /**
   * Protects bytes as SRTCP with our keys, whatever they are; {@link #sendRaw} sends them, once or
   * again.
   *
   * @param plain at least 8 bytes
   */
  public byte[] protectRtcp(byte[] plain) {
    return loop.call(() -> media().protectRtcp(plain));
  }

  /**
   * Protects an RTP packet with our keys.
   *
   * @param plain at least 12 bytes, version 2
   */
  public byte[] protectRtp(byte[] plain) {
    return loop.call(() -> media().protectRtp(plain));
  }

  /** Sends RTCP packets of the caller's making. */
  public void sendRtcp(List<RtcpPacket> packets) {
    withMedia(media -> media.send(packets));
  }

  /** Asks for a keyframe by PLI. */
  public void requestKeyframe() {
    withMedia(MediaSession::requestKeyframe);
  }

  /** Sends no more receiver reports. */
  public void stopReports() {
    withMedia(MediaSession::stopReports);
  }

  /** Sends no more checks: the server should notice that we are gone. */
  public void stopConsent() {
    loop.execute(connection::stopConsent);
  }

  /**
   * Drops received media packets by chance, repairs excepted, and compares each with its repair.
   *
   * @param probability 0 to 1; 0 ends it
   */
  public void dropping(double probability, long seed) {
    loop.execute(() -> connection.dropping(probability, seed));
  }

  /** Goes on from another local port, as a viewer whose network changed. */
  public void changeLocalPort() {
    loop.execute(connection::changeLocalPort);
  }

  /** Vanishes without a word to the server. */
  public void abandon() {
    if (closed.compareAndSet(false, true)) {
      loop.call(this::closeConnection);
      endHandshake();
      closeLoop();
    }
  }

  /** Tells the server by DELETE and close_notify, and closes the socket. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        exchange.leave();
      } catch (IOException e) {
        // the server is gone; it will notice as much of us
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      endHandshake();
      loop.call(this::closeConnection);
      closeLoop();
    }
  }

  private boolean closeConnection() {
    connection.close();
    return true;
  }

  private void endHandshake() {
    try {
      connection.dtls().end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeLoop() {
    if (ownsLoop) {
      loop.close();
    }
  }

  private void withMedia(Consumer<MediaSession> action) {
    loop.execute(() -> action.accept(media()));
  }

  private MediaSession media() {
    MediaSession media = connection.media();
    if (media == null) {
      throw new IllegalStateException("there are no keys yet");
    }
    return media;
  }
}
