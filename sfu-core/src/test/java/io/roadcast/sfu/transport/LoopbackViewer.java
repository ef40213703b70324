package io.roadcast.sfu.transport;

import static org.awaitility.Awaitility.await;

import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.srtp.SrtcpSendContext;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpReceiveContext;
import io.roadcast.sfu.srtp.SrtpStatus;
import io.roadcast.sfu.webrtc.PeerSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A viewer on a real socket of the loopback interface: offer, check, handshake, decryption by
 * libraries that the server's sending side does not use.
 */
final class LoopbackViewer implements AutoCloseable {
  static final int VIDEO = 102;
  static final int RTX = 103;
  static final int AUDIO = 8;

  record Packet(int type, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload) {}

  private final List<Packet> packets = new ArrayList<>();
  private final List<RtcpPacket> rtcp = new ArrayList<>();
  private final PeerSide peer = new PeerSide(this::send);
  private final InetSocketAddress server;
  private String ufrag;
  private String password;
  final ViewerSession session;
  private Wire wire;
  private volatile boolean pausing;
  private boolean reading;
  private int stunAnswers;
  private int undecryptable;
  private @Nullable SrtpReceiveContext receiver;
  private @Nullable SrtcpSendContext reports;

  private LoopbackViewer(ViewerSession session, InetSocketAddress server, Wire wire) {
    this.session = session;
    this.server = server;
    this.ufrag = attribute(session.sdpAnswer(), "ice-ufrag");
    this.password = attribute(session.sdpAnswer(), "ice-pwd");
    this.wire = wire;
  }

  /** Offers, without connecting yet. */
  static LoopbackViewer open(SfuServer sfu, Stream stream) throws Exception {
    return open(sfu, stream, InetAddress.getLoopbackAddress());
  }

  private static LoopbackViewer open(SfuServer sfu, Stream stream, InetAddress address)
      throws Exception {
    return open(sfu, stream, address, offer());
  }

  private static LoopbackViewer open(
      SfuServer sfu, Stream stream, InetAddress address, String offer) throws Exception {
    ViewerSession session = sfu.viewers().open(stream, offer, ViewerOptions.of("test"));
    InetSocketAddress server = new InetSocketAddress(address, sfu.port());
    return new LoopbackViewer(session, server, Wire.udp(server));
  }

  /** The same as {@link #connect} at that address of the server. */
  static LoopbackViewer connectAt(InetAddress address, SfuServer sfu, Stream stream)
      throws Exception {
    LoopbackViewer viewer = open(sfu, stream, address);
    viewer.check();
    viewer.shakeHands();
    return viewer;
  }

  /** The same as {@link #connect}, over a connection. */
  static LoopbackViewer connectByTcp(SfuServer sfu, Stream stream, int receiveBufferBytes)
      throws Exception {
    ViewerSession session = sfu.viewers().open(stream, offer(), ViewerOptions.of("test"));
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), sfu.port());
    LoopbackViewer viewer =
        new LoopbackViewer(session, server, Wire.tcp(server, receiveBufferBytes));
    viewer.startReading();
    await()
        .until(
            () -> {
              viewer.check(); // the first ones are passed over, for UDP to be heard before
              return viewer.stunAnswers() > 0;
            });
    viewer.shakeHands();
    return viewer;
  }

  /** Offers, checks, shakes hands; media follows. */
  static LoopbackViewer connect(SfuServer sfu, Stream stream) throws Exception {
    LoopbackViewer viewer = open(sfu, stream);
    viewer.check();
    viewer.shakeHands();
    return viewer;
  }

  /** The same, with an offer of its own. */
  static LoopbackViewer connect(SfuServer sfu, Stream stream, String offer) throws Exception {
    LoopbackViewer viewer = open(sfu, stream, InetAddress.getLoopbackAddress(), offer);
    viewer.check();
    viewer.shakeHands();
    return viewer;
  }

  static String offer() {
    return String.join(
        "\r\n",
        "v=0",
        "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0 1",
        "m=video 9 UDP/TLS/RTP/SAVPF 102 103",
        "c=IN IP4 0.0.0.0",
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=ice-ufrag:peer",
        "a=ice-pwd:peerpeerpeerpeerpeerpeer",
        "a=fingerprint:" + PeerSide.fingerprint(),
        "a=setup:actpass",
        "a=mid:0",
        "a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
        "a=recvonly",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        "a=rtpmap:102 H264/90000",
        "a=rtcp-fb:102 nack",
        "a=rtcp-fb:102 nack pli",
        "a=rtcp-fb:102 ccm fir",
        "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        "a=rtpmap:103 rtx/90000",
        "a=fmtp:103 apt=102",
        "m=audio 9 UDP/TLS/RTP/SAVPF 8",
        "c=IN IP4 0.0.0.0",
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=ice-ufrag:peer",
        "a=ice-pwd:peerpeerpeerpeerpeerpeer",
        "a=fingerprint:" + PeerSide.fingerprint(),
        "a=setup:actpass",
        "a=mid:1",
        "a=recvonly",
        "a=rtcp-mux",
        "a=rtpmap:8 PCMA/8000",
        "");
  }

  /** Sends a right check, as a browser does every few seconds. */
  void check() {
    send(PeerSide.check(ufrag, password));
  }

  void checkWithWrongPassword() {
    send(PeerSide.check(ufrag, "x".repeat(24)));
  }

  /** Goes on from another address, as after a change of network. */
  void roam() throws IOException {
    roam(Wire.udp(server));
  }

  /** Goes on over another wire, as where a network lets no UDP out. */
  void roam(Wire other) throws IOException {
    Wire old = wire;
    wire = other;
    old.close();
    startReading();
    check();
  }

  /** Begins ICE anew, and goes on from another address with the credentials of the answer. */
  void restartIce() throws Exception {
    String answer =
        session
            .restartIce("a=ice-ufrag:anew\r\na=ice-pwd:anewanewanewanewanewanew\r\n")
            .orElseThrow();
    ufrag = attribute(answer, "ice-ufrag");
    password = attribute(answer, "ice-pwd");
    roam();
  }

  /** Takes nothing from the wire any more, or again. */
  void pause(boolean paused) {
    pausing = paused;
  }

  boolean isClosed() {
    return wire.isClosed();
  }

  void shakeHands() throws IOException {
    if (!reading) {
      startReading();
    }
    SrtpKeys keys = peer.connect();
    synchronized (packets) {
      receiver = new SrtpReceiveContext(keys);
      reports = new SrtcpSendContext(keys);
    }
  }

  void startReading() {
    reading = true;
    Wire from = wire;
    Thread.ofVirtual().name("loopback-viewer").start(() -> read(from));
  }

  void sayGoodbye() throws IOException {
    peer.sayGoodbye();
  }

  void report(RtcpPacket... compound) {
    byte[] bytes = new byte[1500];
    int length = RtcpPacket.writeCompound(List.of(compound), bytes, 0);
    SrtcpSendContext context = reports;
    if (context == null) {
      throw new IllegalStateException("not connected");
    }
    send(Arrays.copyOf(bytes, context.protect(bytes, 0, length)));
  }

  void send(byte[] datagram) {
    try {
      wire.send(datagram);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Packet> ofType(int type) {
    synchronized (packets) {
      return packets.stream().filter(packet -> packet.type() == type).toList();
    }
  }

  List<RtcpPacket> rtcp() {
    synchronized (packets) {
      return List.copyOf(rtcp);
    }
  }

  int stunAnswers() {
    synchronized (packets) {
      return stunAnswers;
    }
  }

  int undecryptable() {
    synchronized (packets) {
      return undecryptable;
    }
  }

  /** Numbers of the pictures in the order of arrival; fails on a gap in sequence numbers. */
  List<Integer> pictures() {
    List<Integer> numbers = new ArrayList<>();
    int number = -1;
    int expected = -1;
    for (Packet packet : ofType(VIDEO)) {
      if (expected >= 0 && packet.sequence() != expected) {
        throw new AssertionError("sequence " + packet.sequence() + " instead of " + expected);
      }
      expected = (packet.sequence() + 1) & 0xffff;
      int nal = packet.payload()[0] & 0x1f;
      if (nal == 28 && (packet.payload()[1] & 0x80) != 0) {
        number = ByteBuffer.wrap(packet.payload()).getInt(3);
      } else if (nal == 1 || nal == 5) {
        number = ByteBuffer.wrap(packet.payload()).getInt(2);
      }
      if (packet.marker()) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  @Override
  public void close() {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Wire from) {
    try (from) {
      while (!from.isClosed()) {
        byte[] packet = from.receive();
        received(packet);
        while (pausing) {
          LockSupport.parkNanos(1_000_000);
        }
      }
    } catch (IOException e) {
      // it is over
    }
  }

  private void received(byte[] bytes) {
    int first = bytes[0] & 0xff;
    if (first >= 20 && first <= 63) {
      peer.deliver(bytes);
      return;
    }
    synchronized (packets) {
      SrtpReceiveContext context = receiver;
      if (first < 4) {
        stunAnswers++;
      } else if (context == null) {
        early.add(bytes);
      } else {
        early.forEach(before -> open(before, context));
        early.clear();
        open(bytes, context);
      }
    }
  }

  /** Media that came before this end's handshake was over. */
  private final List<byte[]> early = new ArrayList<>();

  private void open(byte[] bytes, SrtpReceiveContext context) {
    int type = bytes[1] & 0x7f;
    boolean report = type >= 64 && type <= 95;
    SrtpStatus status =
        report
            ? context.unprotectRtcp(bytes, 0, bytes.length)
            : context.unprotect(bytes, 0, bytes.length);
    if (status != SrtpStatus.OK) {
      undecryptable++;
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      if (report) {
        rtcp.addAll(RtcpPacket.parseCompound(bytes, 0, context.plainLength()));
        return;
      }
    } catch (io.roadcast.media.MalformedMediaException e) {
      throw new AssertionError(e);
    }
    int header = (bytes[0] & 0x10) == 0 ? 12 : 16 + 4 * buffer.getShort(14);
    packets.add(
        new Packet(
            type,
            (bytes[1] & 0x80) != 0,
            buffer.getShort(2) & 0xffff,
            buffer.getInt(4),
            buffer.getInt(8),
            Arrays.copyOfRange(bytes, header, context.plainLength())));
  }

  private static String attribute(String sdp, String name) {
    Matcher matcher = Pattern.compile("a=" + name + ":(\\S+)").matcher(sdp);
    if (!matcher.find()) {
      throw new AssertionError("no " + name + " in\n" + sdp);
    }
    return matcher.group(1);
  }
}
