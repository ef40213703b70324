package io.roadcast.jtt.position;

import io.roadcast.jtt.journal.JournalRecord;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.DecodedMessage;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.VehicleControlAnswer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * A location message as the journal keeps it: the body as it came, and what was known of the
 * terminal's clock at that moment, so that reading it again gives the same positions.
 *
 * @param version whose layout the body has
 */
public record LocationEntry(
    String terminal,
    Instant receivedAt,
    int messageId,
    int serial,
    ProtocolVersion version,
    TerminalClock.Offset offset,
    Bytes body) {
  /** {@link JournalRecord#kind()} of these. */
  public static final int KIND = 1;

  private static final int FIXED_BYTES = 2 + 2 + 2 + 8;

  /** A report with its position. */
  public record Located(LocationReport report, Position position) {}

  public JournalRecord toRecord() {
    ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + body.length());
    out.putShort((short) messageId)
        .putShort((short) serial)
        .putShort((short) version.year())
        .putLong(offset.millis())
        .put(body.toArray());
    return new JournalRecord(KIND, terminal, receivedAt, out.array());
  }

  /**
   * Reads it again.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LocationEntry of(JournalRecord value) {
    ByteBuffer in = ByteBuffer.wrap(value.payload());
    if (value.kind() != KIND || in.remaining() < FIXED_BYTES) {
      throw new IllegalArgumentException("no location: kind " + value.kind());
    }
    return new LocationEntry(
        value.terminal(),
        value.receivedAt(),
        Short.toUnsignedInt(in.getShort()),
        Short.toUnsignedInt(in.getShort()),
        ProtocolVersion.ofYear(in.getShort()),
        new TerminalClock.Offset(in.getLong()),
        Bytes.of(value.payload(), FIXED_BYTES, in.remaining()));
  }

  /**
   * The positions in it, in the order of the message.
   *
   * @throws MalformedMessageException if the body breaks its layout
   */
  public List<Located> positions() throws MalformedMessageException {
    return positions(Jt808Codec.decode(messageId, body, version));
  }

  /** The same of a body that was read before. */
  public List<Located> positions(DecodedMessage decoded) {
    return switch (decoded.message()) {
      case LocationReport report -> List.of(live(report));
      case LocationAnswer answer -> List.of(live(answer.report()));
      case VehicleControlAnswer answer -> List.of(live(answer.report()));
      case LocationBatch batch -> batch.reports().stream().map(each -> of(batch, each)).toList();
      default -> List.of(); // other messages are not kept here
    };
  }

  private Located of(LocationBatch batch, LocationReport report) {
    return batch.type() == LocationBatch.BACKLOG
        ? located(report, ReportTime.kept(report.location().time(), offset, receivedAt))
        : live(report);
  }

  private Located live(LocationReport report) {
    return located(report, ReportTime.live(report.location().time(), offset, receivedAt));
  }

  private Located located(LocationReport report, ReportTime time) {
    return new Located(report, Position.of(terminal, report, version, serial, receivedAt, time));
  }
}
