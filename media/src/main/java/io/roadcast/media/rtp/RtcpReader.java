package io.roadcast.media.rtp;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtcpPacket.CanonicalName;
import io.roadcast.media.rtp.RtcpPacket.FirEntry;
import io.roadcast.media.rtp.RtcpPacket.ReportBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one RTCP packet after the other; every field is checked against the end of its packet.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |  packet type  |     length in words - 1       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class RtcpReader {
  private static final int REPORT_BLOCK_BYTES = 24;

  private final byte[] bytes;
  private int at;
  private int end;

  private RtcpReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static List<RtcpPacket> readCompound(byte[] bytes, int offset, int length)
      throws MalformedMediaException {
    List<RtcpPacket> packets = new ArrayList<>(4);
    RtcpReader reader = new RtcpReader(bytes);
    int limit = offset + length;
    int next = offset;
    while (next < limit) {
      if (packets.size() == RtcpPacket.MAX_PACKETS) {
        throw new MalformedMediaException("more than " + RtcpPacket.MAX_PACKETS + " RTCP packets");
      }
      if (limit - next < 4 || (bytes[next] & 0xC0) != 0x80) {
        throw new MalformedMediaException("no RTCP header");
      }
      int packetEnd = next + 4 + 4 * Bytes.unsignedShort(bytes, next + 2);
      if (packetEnd > limit) {
        throw new MalformedMediaException("an RTCP packet that is cut short");
      }
      packets.add(reader.read(next, packetEnd));
      next = packetEnd;
    }
    if (packets.isEmpty()) {
      throw new MalformedMediaException("an empty RTCP datagram");
    }
    return packets;
  }

  private RtcpPacket read(int start, int packetEnd) throws MalformedMediaException {
    int count = bytes[start] & 0x1F;
    int type = bytes[start + 1] & 0xFF;
    at = start + 4;
    end = packetEnd - padding(start, packetEnd);
    return switch (type) {
      case RtcpType.SENDER_REPORT -> senderReport(count);
      case RtcpType.RECEIVER_REPORT -> new RtcpPacket.ReceiverReport(word(), blocks(count));
      case RtcpType.SOURCE_DESCRIPTION -> sourceDescription(count);
      case RtcpType.BYE -> bye(count);
      case RtcpType.TRANSPORT_FEEDBACK -> transportFeedback(count);
      case RtcpType.PAYLOAD_FEEDBACK -> payloadFeedback(count);
      case RtcpType.EXTENDED_REPORT -> new RtcpPacket.ExtendedReport(word(), rest());
      default -> new RtcpPacket.Unknown(type, count, rest());
    };
  }

  /** Browsers pad transport-wide feedback by 1 to 3 bytes, so not only multiples of 4 are taken. */
  private int padding(int start, int packetEnd) throws MalformedMediaException {
    if ((bytes[start] & 0x20) == 0) {
      return 0;
    }
    int padding = bytes[packetEnd - 1] & 0xFF;
    if (padding == 0 || padding > packetEnd - start - 4) {
      throw new MalformedMediaException("RTCP padding of " + padding + " bytes");
    }
    return padding;
  }

  private RtcpPacket senderReport(int count) throws MalformedMediaException {
    need(24);
    return new RtcpPacket.SenderReport(
        word(),
        (long) word() << 32 | (word() & 0xFFFF_FFFFL),
        word(),
        word(),
        word(),
        blocks(count));
  }

  private List<ReportBlock> blocks(int count) throws MalformedMediaException {
    need(count * REPORT_BLOCK_BYTES);
    List<ReportBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int ssrc = word();
      int loss = word();
      blocks.add(
          new ReportBlock(ssrc, loss >>> 24, (loss << 8) >> 8, word(), word(), word(), word()));
    }
    return blocks;
  }

  private RtcpPacket sourceDescription(int count) throws MalformedMediaException {
    List<CanonicalName> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(chunk());
    }
    return new RtcpPacket.SourceDescription(names);
  }

  /** RFC 3550, section 6.5: items up to a zero byte, then zeros up to the next word. */
  private CanonicalName chunk() throws MalformedMediaException {
    int start = at;
    int ssrc = word();
    String name = "";
    while (at < end && bytes[at] != 0) {
      need(2);
      int item = bytes[at];
      int length = bytes[at + 1] & 0xFF;
      at += 2;
      String text = text(length);
      if (item == RtcpType.CNAME_ITEM) {
        name = text;
      }
    }
    at = Math.min(end, start + ((at - start) / 4 + 1) * 4);
    return new CanonicalName(ssrc, name);
  }

  private RtcpPacket bye(int count) throws MalformedMediaException {
    List<Integer> ssrcs = words(count);
    String reason = "";
    if (at < end) {
      int length = bytes[at++] & 0xFF;
      reason = text(length);
    }
    return new RtcpPacket.Bye(ssrcs, reason);
  }

  private RtcpPacket transportFeedback(int format) throws MalformedMediaException {
    int start = at;
    int sender = word();
    int media = word();
    return switch (format) {
      case RtcpType.NACK -> nack(sender, media);
      case RtcpType.TRANSPORT_CC -> TransportFeedbackFormat.read(sender, media, rest());
      default -> {
        at = start;
        yield new RtcpPacket.Unknown(RtcpType.TRANSPORT_FEEDBACK, format, rest());
      }
    };
  }

  private RtcpPacket nack(int sender, int media) throws MalformedMediaException {
    if (at == end) {
      throw new MalformedMediaException("a NACK of nothing");
    }
    List<Integer> lost = new ArrayList<>();
    while (at < end) {
      int entry = word();
      int sequence = entry >>> 16;
      lost.add(sequence);
      for (int bit = 0; bit < 16; bit++) {
        if (((entry >> bit) & 1) != 0) {
          lost.add(SequenceNumber.plus(sequence, bit + 1));
        }
      }
    }
    return new RtcpPacket.Nack(sender, media, lost);
  }

  private RtcpPacket payloadFeedback(int format) throws MalformedMediaException {
    int start = at;
    int sender = word();
    int media = word();
    if (format == RtcpType.PLI) {
      return new RtcpPacket.Pli(sender, media);
    }
    if (format == RtcpType.FIR) {
      return fir(sender);
    }
    if (format == RtcpType.APPLICATION
        && end - at >= 8
        && Bytes.getInt(bytes, at) == RtcpType.REMB) {
      return remb(sender);
    }
    at = start;
    return new RtcpPacket.Unknown(RtcpType.PAYLOAD_FEEDBACK, format, rest());
  }

  private RtcpPacket fir(int sender) throws MalformedMediaException {
    List<FirEntry> entries = new ArrayList<>();
    while (at < end) {
      entries.add(new FirEntry(word(), word() >>> 24));
    }
    return new RtcpPacket.Fir(sender, entries);
  }

  /** Number of SSRCs (8 bits), exponent (6), mantissa (18), SSRCs. */
  private RtcpPacket remb(int sender) throws MalformedMediaException {
    word();
    int rate = word();
    int exponent = (rate >> 18) & 0x3F;
    long mantissa = rate & 0x3FFFF;
    long bitRate = exponent > 45 && mantissa != 0 ? Long.MAX_VALUE : mantissa << exponent;
    return new RtcpPacket.Remb(sender, bitRate, words(rate >>> 24));
  }

  private List<Integer> words(int count) throws MalformedMediaException {
    need(4 * count);
    List<Integer> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add(word());
    }
    return words;
  }

  private String text(int length) throws MalformedMediaException {
    need(length);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private ByteBuffer rest() {
    ByteBuffer rest = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end));
    at = end;
    return rest;
  }

  private int word() throws MalformedMediaException {
    need(4);
    int word = Bytes.getInt(bytes, at);
    at += 4;
    return word;
  }

  private void need(int count) throws MalformedMediaException {
    if (end - at < count) {
      throw new MalformedMediaException("an RTCP packet whose content is longer than itself");
    }
  }
}
