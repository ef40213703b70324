package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether ids have 6 or 10 bytes by reading the first packet both ways: impossible fields
 * reject a reading, the next packet's magic at the computed end confirms one, and only what is then
 * still open goes to the tie-break. The version of JT/T 808 that the terminal speaks does not
 * decide it, nor do leading zeros.
 */
final class IdWidthDetector {
  private final int maxBodyBytes;
  private final ExpectedTerminals expected;

  IdWidthDetector(int maxBodyBytes, ExpectedTerminals expected) {
    this.maxBodyBytes = maxBodyBytes;
    this.expected = expected;
  }

  enum Verdict {
    SIX(IdWidth.SIX),
    TEN(IdWidth.TEN),
    /** Either may be right; more bytes will tell. */
    UNDECIDED(null),
    /** The magic stands here by chance. */
    NO_PACKET(null);

    private final @Nullable IdWidth width;

    Verdict(@Nullable IdWidth width) {
      this.width = width;
    }

    @Nullable IdWidth width() {
      return width;
    }

    static Verdict of(IdWidth width) {
      return width == IdWidth.SIX ? SIX : TEN;
    }
  }

  /** Where the magic was found, which says how much it is to be trusted. */
  enum Place {
    /** At the start of a connection or datagram: something that looks like a packet is one. */
    START,
    /** Behind skipped bytes: it must not be contradicted by what follows. */
    SEARCHED,
    /** As SEARCHED, with flags that no packet had so far: it must be confirmed. */
    SEARCHED_WITH_ODD_FLAGS
  }

  /** Whether it is worth to wait for more bytes. */
  enum Patience {
    WAIT,
    DECIDE_NOW
  }

  Verdict decide(ByteBuf in, int offset, Place place, Patience patience, IdWidth previous) {
    Verdict verdict =
        decide(in, offset, place, patience, previous, PacketReading.Strictness.STANDARD);
    if (verdict != Verdict.NO_PACKET) {
      return verdict;
    }
    // Nothing but the payload type may be wrong: then only a following packet is proof enough.
    Place doubtful = place == Place.START ? Place.SEARCHED_WITH_ODD_FLAGS : place;
    return decide(
        in, offset, doubtful, patience, previous, PacketReading.Strictness.ANY_PAYLOAD_TYPE);
  }

  private Verdict decide(
      ByteBuf in,
      int offset,
      Place place,
      Patience patience,
      IdWidth previous,
      PacketReading.Strictness strictness) {
    PacketReading six = PacketReading.of(in, offset, IdWidth.SIX, maxBodyBytes, strictness);
    PacketReading ten = PacketReading.of(in, offset, IdWidth.TEN, maxBodyBytes, strictness);
    if (place != Place.START) {
      six = trusted(six, place, patience);
      ten = trusted(ten, place, patience);
    }
    if (six == PacketReading.IMPOSSIBLE || ten == PacketReading.IMPOSSIBLE) {
      return onlyOne(six, ten, place, patience);
    }
    if (six == ten && (six == PacketReading.CONFIRMED || six == PacketReading.CONTRADICTED)) {
      return tieBreak(in, offset, previous);
    }
    if (six == PacketReading.CONFIRMED || ten == PacketReading.CONTRADICTED) {
      return Verdict.SIX;
    }
    if (ten == PacketReading.CONFIRMED || six == PacketReading.CONTRADICTED) {
      return Verdict.TEN;
    }
    // Not even the shorter reading is complete, or nothing stands behind it yet.
    if (patience == Patience.WAIT || six == PacketReading.INCOMPLETE && six == ten) {
      return Verdict.UNDECIDED;
    }
    if (six != ten) {
      return six == PacketReading.COMPLETE ? Verdict.SIX : Verdict.TEN;
    }
    return tieBreak(in, offset, previous);
  }

  private static PacketReading trusted(PacketReading reading, Place place, Patience patience) {
    boolean refuted =
        reading == PacketReading.CONTRADICTED
            || (patience == Patience.DECIDE_NOW
                && place == Place.SEARCHED_WITH_ODD_FLAGS
                && reading == PacketReading.INCOMPLETE);
    return refuted ? PacketReading.IMPOSSIBLE : reading;
  }

  private static Verdict onlyOne(
      PacketReading six, PacketReading ten, Place place, Patience patience) {
    if (six == ten) {
      return Verdict.NO_PACKET;
    }
    IdWidth width = ten == PacketReading.IMPOSSIBLE ? IdWidth.SIX : IdWidth.TEN;
    PacketReading reading = width == IdWidth.SIX ? six : ten;
    boolean enough =
        switch (place) {
          case START -> true;
          case SEARCHED -> reading != PacketReading.INCOMPLETE;
          case SEARCHED_WITH_ODD_FLAGS -> reading == PacketReading.CONFIRMED;
        };
    return enough || patience == Patience.DECIDE_NOW ? Verdict.of(width) : Verdict.UNDECIDED;
  }

  private Verdict tieBreak(ByteBuf in, int offset, IdWidth previous) {
    if (in.writerIndex() - offset < Jt1078Packet.fixedBytes(IdWidth.TEN)) {
      return Verdict.of(previous);
    }
    boolean sixExpected = expects(in, offset, IdWidth.SIX);
    boolean tenExpected = expects(in, offset, IdWidth.TEN);
    if (sixExpected != tenExpected) {
      return sixExpected ? Verdict.SIX : Verdict.TEN;
    }
    boolean sixChannel = channel(in, offset, IdWidth.SIX) != 0;
    boolean tenChannel = channel(in, offset, IdWidth.TEN) != 0;
    if (sixChannel != tenChannel) {
      return sixChannel ? Verdict.SIX : Verdict.TEN;
    }
    return Verdict.of(previous);
  }

  private boolean expects(ByteBuf in, int offset, IdWidth width) {
    return expected.expects(TerminalId.read(in, offset + Jt1078Packet.ID_OFFSET, width));
  }

  private static int channel(ByteBuf in, int offset, IdWidth width) {
    return in.getByte(offset + Jt1078Packet.ID_OFFSET + width.bytes());
  }
}
