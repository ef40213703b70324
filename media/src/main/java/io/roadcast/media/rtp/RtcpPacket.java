package io.roadcast.media.rtp;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One RTCP packet. SSRCs and RTP times are 32 bits to be read as unsigned; all lists are the
 * record's own.
 */
public sealed interface RtcpPacket {
  /** More packets than this in one datagram are refused. */
  int MAX_PACKETS = 64;

  /**
   * Reads a compound packet (RFC 3550, section 6.1), or one of reduced size (RFC 5506).
   *
   * @throws MalformedMediaException if a length does not fit; nothing of the datagram should then
   *     be believed
   */
  static List<RtcpPacket> parseCompound(byte[] bytes, int offset, int length)
      throws MalformedMediaException {
    return RtcpReader.readCompound(bytes, offset, length);
  }

  /**
   * Writes the packets one behind the other.
   *
   * @return where the last one ends
   * @throws IndexOutOfBoundsException if {@code target} is too short
   */
  static int writeCompound(List<RtcpPacket> packets, byte[] target, int offset) {
    int end = offset;
    for (RtcpPacket packet : packets) {
      end = packet.write(target, end);
    }
    return end;
  }

  /**
   * Writes this packet.
   *
   * @return where it ends
   * @throws IndexOutOfBoundsException if {@code target} is too short
   */
  default int write(byte[] target, int offset) {
    return RtcpWriter.write(this, target, offset);
  }

  /**
   * What a receiver says about one source (RFC 3550, section 6.4.1).
   *
   * @param fractionLost in 1/256 since the last report
   * @param cumulativeLost signed, 24 bits
   * @param highestSequence cycles in the high 16 bits
   * @param jitter in ticks of the RTP clock
   * @param lastSenderReport {@link NtpTime#middle} of the last sender report, or 0
   * @param delaySinceLastSenderReport in 1/65536 s
   */
  record ReportBlock(
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int highestSequence,
      int jitter,
      int lastSenderReport,
      int delaySinceLastSenderReport) {}

  /**
   * RFC 3550, section 6.4.1.
   *
   * @param ntpTime see {@link NtpTime}
   * @param packets sent by this SSRC, 32 bits
   * @param octets of payload sent by this SSRC, 32 bits
   * @param blocks at most 31
   */
  record SenderReport(
      int ssrc, long ntpTime, int rtpTime, int packets, int octets, List<ReportBlock> blocks)
      implements RtcpPacket {
    public SenderReport {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * RFC 3550, section 6.4.2.
   *
   * @param blocks at most 31
   */
  record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements RtcpPacket {
    public ReceiverReport {
      blocks = List.copyOf(blocks);
    }
  }

  /** The canonical name of a source, at most 255 bytes; empty if another item came instead. */
  record CanonicalName(int ssrc, String name) {}

  /**
   * RFC 3550, section 6.5; items other than CNAME are not kept.
   *
   * @param names at most 31
   */
  record SourceDescription(List<CanonicalName> names) implements RtcpPacket {
    public SourceDescription {
      names = List.copyOf(names);
    }
  }

  /**
   * RFC 3550, section 6.6.
   *
   * @param ssrcs at most 31
   * @param reason may be empty, at most 255 bytes
   */
  record Bye(List<Integer> ssrcs, String reason) implements RtcpPacket {
    public Bye {
      ssrcs = List.copyOf(ssrcs);
    }
  }

  /**
   * Generic NACK (RFC 4585, section 6.2.1).
   *
   * @param lost 16-bit sequence numbers in the order of the packet; at least one
   */
  record Nack(int sender, int media, List<Integer> lost) implements RtcpPacket {
    public Nack {
      lost = List.copyOf(lost);
    }
  }

  /** Picture loss indication (RFC 4585, section 6.3.1). */
  record Pli(int sender, int media) implements RtcpPacket {}

  /**
   * One entry of a full intra request.
   *
   * @param commandSequence 0 to 255; a repeated number is the same command
   */
  record FirEntry(int media, int commandSequence) {}

  /** Full intra request (RFC 5104, section 4.3.1). */
  record Fir(int sender, List<FirEntry> entries) implements RtcpPacket {
    public Fir {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Receiver estimated maximum bit rate (draft-alvestrand-rmcat-remb-03).
   *
   * @param bitRate bits per second; written with 18 significant bits
   * @param ssrcs at most 255
   */
  record Remb(int sender, long bitRate, List<Integer> ssrcs) implements RtcpPacket {
    public Remb {
      ssrcs = List.copyOf(ssrcs);
    }
  }

  /**
   * Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01).
   *
   * @param baseSequence transport-wide sequence number of the first packet
   * @param referenceTime in 64 ms, signed 24 bits
   * @param feedbackCount 0 to 255
   * @param arrivals when each packet from {@code baseSequence} on came
   */
  record TransportFeedback(
      int sender,
      int media,
      int baseSequence,
      int referenceTime,
      int feedbackCount,
      PacketArrivals arrivals)
      implements RtcpPacket {
    /** When packet {@code index} came, on the receiver's clock; it must have come. */
    public long arrivalMicros(int index) {
      return referenceTime * 64_000L + arrivals.ticks(index) * 250L;
    }
  }

  /**
   * RFC 3611.
   *
   * @param blocks not read any further
   */
  record ExtendedReport(int ssrc, ByteBuffer blocks) implements RtcpPacket {
    public ExtendedReport {
      blocks = blocks.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer blocks() {
      return blocks.duplicate();
    }
  }

  /**
   * Any other packet.
   *
   * @param type packet type
   * @param count the five bits behind version and padding
   * @param body what follows the first four bytes, without padding
   */
  record Unknown(int type, int count, ByteBuffer body) implements RtcpPacket {
    public Unknown {
      body = body.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer body() {
      return body.duplicate();
    }
  }
}
