package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.JdkSrtpEngine;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.srtp.SrtpReceiveContext;
import io.roadcast.sfu.srtp.SrtpSendContext;
import io.roadcast.sfu.srtp.SrtpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest server there can be: one socket, one thread, one viewer, silence in A-law every 20
 * ms.
 */
final class OneViewer implements AutoCloseable, DtlsListener {
  private static final int RTP_HEADER_BYTES = 12;
  private static final int SOUND_BYTES = 160;

  private final DtlsServer dtls = new DtlsServer(DtlsCertificate.generate(), 4);
  private final IceCredentials credentials = IceCredentials.random();
  private final DatagramSocket socket;
  private final JdkSrtpEngine engine = new JdkSrtpEngine();
  private volatile @Nullable SocketAddress viewer;
  private volatile @Nullable NegotiatedSession session;
  private volatile @Nullable DtlsEndpoint endpoint;
  private volatile @Nullable SrtpKeys keys;
  private volatile long reports;
  private volatile long refused;

  OneViewer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(20);
    Thread.ofPlatform().daemon().start(this::run);
  }

  String answer(String offer) throws IOException {
    LocalDescription local =
        new LocalDescription(
            credentials,
            dtls.certificate().fingerprint(),
            IceCandidate.hosts(List.of((InetSocketAddress) socket.getLocalSocketAddress())),
            "test");
    try {
      SdpAnswer answer = SdpAnswer.to(SdpOffer.parse(offer), null, List.of(Offers.ALAW), local);
      endpoint = dtls.endpoint(answer.session().remoteFingerprint(), this::send, this);
      session = answer.session();
      return answer.text();
    } catch (SdpException | CodecNotSupportedException e) {
      throw new IOException(e);
    }
  }

  DtlsEndpoint endpoint() {
    return require(endpoint);
  }

  SrtpProfile profile() {
    return require(keys).profile();
  }

  /** RTCP packets that could be opened. */
  long reports() {
    return reports;
  }

  long refusedPackets() {
    return refused;
  }

  @Override
  public void established(SrtpKeys srtpKeys) {
    keys = srtpKeys;
  }

  @Override
  public void failed(DtlsFailure failure, String detail) {
    throw new AssertionError(failure + " " + detail);
  }

  @Override
  public void closedByPeer() {}

  @Override
  public void close() {
    socket.close();
  }

  private void run() {
    IceLite ice = new IceLite();
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    SrtpSendContext sender = null;
    SrtpReceiveContext receiver = null;
    int sequenceNumber = 1;
    while (!socket.isClosed()) {
      SrtpKeys agreed = keys;
      if (agreed != null && sender == null) {
        sender = engine.newSendContext(agreed);
        receiver = new SrtpReceiveContext(agreed);
      }
      if (sender != null) {
        sendSound(sender, sequenceNumber++);
      }
      try {
        packet.setLength(2048);
        socket.receive(packet);
        take(ice, packet, receiver);
      } catch (SocketTimeoutException e) {
        // time for the next block of sound
      } catch (IOException e) {
        return;
      }
    }
  }

  private void take(IceLite ice, DatagramPacket packet, @Nullable SrtpReceiveContext receiver)
      throws IOException {
    byte[] bytes = packet.getData();
    int first = bytes[0] & 0xff;
    if (first < 4) {
      InetSocketAddress source = (InetSocketAddress) packet.getSocketAddress();
      IceCheck check = ice.check(bytes, 0, packet.getLength(), source, credentials);
      if (check.successful()) {
        viewer = source;
      }
      socket.send(new DatagramPacket(check.answer(), check.answer().length, source));
    } else if (first < 64) {
      require(endpoint).receive(Arrays.copyOf(bytes, packet.getLength()));
    } else if (receiver != null) {
      if (receiver.unprotectRtcp(bytes, 0, packet.getLength()) == SrtpStatus.OK) {
        reports++;
      } else {
        refused++;
      }
    }
  }

  private void sendSound(SrtpSendContext sender, int sequenceNumber) {
    NegotiatedTrack track = require(session).audio().orElseThrow();
    byte[] packet =
        ByteBuffer.allocate(RTP_HEADER_BYTES + SOUND_BYTES + sender.profile().tagBytes())
            .put((byte) 0x80)
            .put((byte) track.payloadType())
            .putShort((short) sequenceNumber)
            .putInt(sequenceNumber * SOUND_BYTES)
            .putInt(track.ssrc())
            .array();
    Arrays.fill(packet, RTP_HEADER_BYTES, RTP_HEADER_BYTES + SOUND_BYTES, (byte) 0xd5);
    engine.protectOne(sender, MemorySegment.ofArray(packet), 0, RTP_HEADER_BYTES, SOUND_BYTES);
    send(packet);
  }

  private void send(byte[] datagram) {
    SocketAddress target = viewer;
    if (target != null && !socket.isClosed()) {
      try {
        socket.send(new DatagramPacket(datagram, datagram.length, target));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static <T> T require(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not yet");
    }
    return value;
  }
}
