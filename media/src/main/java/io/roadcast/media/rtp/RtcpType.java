package io.roadcast.media.rtp;

/** Packet types and feedback formats (RFC 3550 12.1, RFC 4585 6.1, RFC 3611 6.1). */
final class RtcpType {
  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int BYE = 203;
  static final int TRANSPORT_FEEDBACK = 205;
  static final int PAYLOAD_FEEDBACK = 206;
  static final int EXTENDED_REPORT = 207;

  /** Formats of TRANSPORT_FEEDBACK. */
  static final int NACK = 1;

  static final int TRANSPORT_CC = 15;

  /** Formats of PAYLOAD_FEEDBACK. */
  static final int PLI = 1;

  static final int FIR = 4;
  static final int APPLICATION = 15;

  static final int CNAME_ITEM = 1;

  /** "REMB", which tells it from other application layer feedback. */
  static final int REMB = 0x52454D42;

  private RtcpType() {}
}
