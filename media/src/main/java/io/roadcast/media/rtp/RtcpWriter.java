package io.roadcast.media.rtp;

import io.roadcast.media.rtp.RtcpPacket.Bye;
import io.roadcast.media.rtp.RtcpPacket.CanonicalName;
import io.roadcast.media.rtp.RtcpPacket.ExtendedReport;
import io.roadcast.media.rtp.RtcpPacket.Fir;
import io.roadcast.media.rtp.RtcpPacket.FirEntry;
import io.roadcast.media.rtp.RtcpPacket.Nack;
import io.roadcast.media.rtp.RtcpPacket.Pli;
import io.roadcast.media.rtp.RtcpPacket.ReceiverReport;
import io.roadcast.media.rtp.RtcpPacket.Remb;
import io.roadcast.media.rtp.RtcpPacket.ReportBlock;
import io.roadcast.media.rtp.RtcpPacket.SenderReport;
import io.roadcast.media.rtp.RtcpPacket.SourceDescription;
import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import io.roadcast.media.rtp.RtcpPacket.Unknown;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes RTCP packets; the opposite of {@link RtcpReader}. */
final class RtcpWriter {
  private static final int MAX_COUNT = 31;
  private static final int MAX_MANTISSA = 0x3FFFF;

  private final byte[] target;
  private int at;

  private RtcpWriter(byte[] target, int at) {
    this.target = target;
    this.at = at;
  }

  static int write(RtcpPacket packet, byte[] target, int offset) {
    RtcpWriter writer = new RtcpWriter(target, offset + 4);
    int typeAndCount = writer.body(packet);
    while ((writer.at - offset) % 4 != 0) {
      writer.target[writer.at++] = 0;
    }
    target[offset] = (byte) (0x80 | (typeAndCount & 0x1F));
    target[offset + 1] = (byte) (typeAndCount >> 8);
    Bytes.putShort(target, offset + 2, (writer.at - offset) / 4 - 1);
    return writer.at;
  }

  /** Returns the packet type in bits 8 to 15 and the count in the low five. */
  private int body(RtcpPacket packet) {
    return switch (packet) {
      case SenderReport report -> senderReport(report);
      case ReceiverReport report -> {
        word(report.ssrc());
        yield blocks(RtcpType.RECEIVER_REPORT, report.blocks());
      }
      case SourceDescription description -> sourceDescription(description);
      case Bye bye -> bye(bye);
      case Nack nack -> nack(nack);
      case TransportFeedback feedback -> {
        word(feedback.sender());
        word(feedback.media());
        at = TransportFeedbackFormat.write(feedback, target, at);
        yield header(RtcpType.TRANSPORT_FEEDBACK, RtcpType.TRANSPORT_CC);
      }
      case Pli pli -> {
        word(pli.sender());
        word(pli.media());
        yield header(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI);
      }
      case Fir fir -> fir(fir);
      case Remb remb -> remb(remb);
      case ExtendedReport report -> {
        word(report.ssrc());
        bytes(report.blocks());
        yield header(RtcpType.EXTENDED_REPORT, 0);
      }
      case Unknown unknown -> {
        bytes(unknown.body());
        yield header(unknown.type(), unknown.count());
      }
    };
  }

  private int senderReport(SenderReport report) {
    word(report.ssrc());
    Bytes.putLong(target, at, report.ntpTime());
    at += 8;
    word(report.rtpTime());
    word(report.packets());
    word(report.octets());
    return blocks(RtcpType.SENDER_REPORT, report.blocks());
  }

  private int blocks(int type, List<ReportBlock> blocks) {
    for (ReportBlock block : blocks) {
      word(block.ssrc());
      word(block.fractionLost() << 24 | (block.cumulativeLost() & 0xFFFFFF));
      word(block.highestSequence());
      word(block.jitter());
      word(block.lastSenderReport());
      word(block.delaySinceLastSenderReport());
    }
    return header(type, blocks.size());
  }

  private int sourceDescription(SourceDescription description) {
    for (CanonicalName name : description.names()) {
      int start = at;
      word(name.ssrc());
      target[at++] = RtcpType.CNAME_ITEM;
      text(name.name());
      do {
        target[at++] = 0;
      } while ((at - start) % 4 != 0);
    }
    return header(RtcpType.SOURCE_DESCRIPTION, description.names().size());
  }

  private int bye(Bye bye) {
    bye.ssrcs().forEach(this::word);
    if (!bye.reason().isEmpty()) {
      text(bye.reason());
    }
    return header(RtcpType.BYE, bye.ssrcs().size());
  }

  /** One entry takes a number and those of the next 16 that follow it in the list. */
  private int nack(Nack nack) {
    word(nack.sender());
    word(nack.media());
    int index = 0;
    while (index < nack.lost().size()) {
      int first = nack.lost().get(index++);
      int following = 0;
      while (index < nack.lost().size()) {
        int distance = SequenceNumber.distance(first, nack.lost().get(index));
        if (distance < 1 || distance > 16) {
          break;
        }
        following |= 1 << (distance - 1);
        index++;
      }
      word(first << 16 | following);
    }
    return header(RtcpType.TRANSPORT_FEEDBACK, RtcpType.NACK);
  }

  private int fir(Fir fir) {
    word(fir.sender());
    word(0);
    for (FirEntry entry : fir.entries()) {
      word(entry.media());
      word(entry.commandSequence() << 24);
    }
    return header(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FIR);
  }

  private int remb(Remb remb) {
    word(remb.sender());
    word(0);
    word(RtcpType.REMB);
    long mantissa = remb.bitRate();
    int exponent = 0;
    while (mantissa > MAX_MANTISSA) {
      mantissa >>= 1;
      exponent++;
    }
    word(remb.ssrcs().size() << 24 | exponent << 18 | (int) mantissa);
    remb.ssrcs().forEach(this::word);
    return header(RtcpType.PAYLOAD_FEEDBACK, RtcpType.APPLICATION);
  }

  private static int header(int type, int count) {
    if (count > MAX_COUNT) {
      throw new IllegalArgumentException(count + " entries in an RTCP packet");
    }
    return type << 8 | count;
  }

  private void word(int value) {
    Bytes.putInt(target, at, value);
    at += 4;
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 255) {
      throw new IllegalArgumentException("a text of " + utf8.length + " bytes");
    }
    target[at++] = (byte) utf8.length;
    System.arraycopy(utf8, 0, target, at, utf8.length);
    at += utf8.length;
  }

  private void bytes(ByteBuffer source) {
    int count = source.remaining();
    source.get(source.position(), target, at, count);
    at += count;
  }
}
