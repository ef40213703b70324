package io.roadcast.sfu.udp;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.sfu.srtp.SrtcpSendContext;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.srtp.SrtpReceiveContext;
import io.roadcast.sfu.srtp.SrtpStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The far end of a viewer: decrypts what it is sent with the independent jitsi-srtp and keeps it in
 * the order of arrival.
 */
final class Watcher {
  static final int CAPTURE_EXTENSION = 7;

  /** A decrypted RTP packet. */
  record Packet(
      int type,
      boolean marker,
      int sequence,
      int timestamp,
      int ssrc,
      int delay,
      int transportSequence,
      long captureTime,
      byte[] payload) {}

  private final SrtpKeys serverKeys;
  private final SrtpReceiveContext receiver;
  private final SrtcpSendContext reports;
  final List<Packet> packets = new ArrayList<>();
  final List<RtcpPacket> rtcp = new ArrayList<>();
  int undecryptable;

  Watcher(SrtpProfile profile, long seed) {
    byte[] exported = new byte[profile.exportBytes()];
    new Random(seed).nextBytes(exported);
    serverKeys = SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.SERVER);
    SrtpKeys own = SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.CLIENT);
    receiver = new SrtpReceiveContext(own);
    reports = new SrtcpSendContext(own);
  }

  SrtpKeys serverKeys() {
    return serverKeys;
  }

  SrtcpSendContext reports() {
    return reports;
  }

  void receive(byte[] datagram) {
    byte[] bytes = datagram.clone();
    int type = bytes[1] & 0x7f;
    if (type >= 64 && type <= 95) {
      receiveRtcp(bytes);
      return;
    }
    if (receiver.unprotect(bytes, 0, bytes.length) != SrtpStatus.OK) {
      undecryptable++;
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    boolean extended = (bytes[0] & 0x10) != 0;
    int words = extended ? buffer.getShort(14) : 0;
    int header = extended ? 16 + 4 * words : 12;
    packets.add(
        new Packet(
            type,
            (bytes[1] & 0x80) != 0,
            buffer.getShort(2) & 0xffff,
            buffer.getInt(4),
            buffer.getInt(8),
            extended ? buffer.getInt(16) & 0xffffff : -1,
            words == 2 || words == 4 ? buffer.getShort(21) & 0xffff : -1,
            words == 4 ? capture(buffer) : 0,
            Arrays.copyOfRange(bytes, header, receiver.plainLength())));
  }

  /** Behind the delay (4 bytes) and the number (3); all zeros is padding. */
  private static long capture(ByteBuffer packet) {
    int element = packet.get(23) & 0xff;
    if (element != (CAPTURE_EXTENSION << 4 | 7) && element != 0) {
      throw new AssertionError("no capture time");
    }
    return packet.getLong(24);
  }

  private void receiveRtcp(byte[] bytes) {
    if (receiver.unprotectRtcp(bytes, 0, bytes.length) != SrtpStatus.OK) {
      undecryptable++;
      return;
    }
    try {
      rtcp.addAll(RtcpPacket.parseCompound(bytes, 0, receiver.plainLength()));
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
  }

  /** A protected compound packet from this end. */
  byte[] report(RtcpPacket... compound) {
    byte[] bytes = new byte[1500];
    int length = RtcpPacket.writeCompound(List.of(compound), bytes, 0);
    return Arrays.copyOf(bytes, reports.protect(bytes, 0, length));
  }

  List<Packet> ofType(int type) {
    return packets.stream().filter(packet -> packet.type() == type).toList();
  }

  /** Numbers of the pictures in the order in which they were complete (FU-A or single slices). */
  List<Integer> pictures(int type) {
    List<Integer> numbers = new ArrayList<>();
    int number = -1;
    for (Packet packet : ofType(type)) {
      int nal = packet.payload()[0] & 0x1f;
      if (nal == 28) {
        if ((packet.payload()[1] & 0x80) != 0) {
          number = ByteBuffer.wrap(packet.payload()).getInt(3);
        }
      } else if (nal == 1 || nal == 5) {
        number = TestCamera.number(packet.payload());
      }
      if (packet.marker()) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** How many numbers are missing or doubled in the order of sending; 0 is perfect. */
  static int breaks(List<Packet> packets) {
    int breaks = 0;
    for (int i = 1; i < packets.size(); i++) {
      if (packets.get(i).sequence() != ((packets.get(i - 1).sequence() + 1) & 0xffff)) {
        breaks++;
      }
    }
    return breaks;
  }

  /**
   * How many pictures were followed by another before their last packet, the one with the marker.
   */
  static int unended(List<Packet> packets) {
    int unended = 0;
    for (int i = 1; i < packets.size(); i++) {
      boolean another = packets.get(i).timestamp() != packets.get(i - 1).timestamp();
      if (another && !packets.get(i - 1).marker()) {
        unended++;
      }
    }
    return unended;
  }
}
