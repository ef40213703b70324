package io.roadcast.jtt.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record on disk, big-endian:
 *
 * <pre>
 *  0  length of what follows the check
 *  4  CRC-32C of it
 *  8  kind (1)   received at, microseconds since 1970 (8)   length of terminal (1)   terminal
 *     payload
 * </pre>
 */
final class RecordFormat {
  static final int HEAD_BYTES = 8;
  private static final int FIXED_BYTES = 1 + 8 + 1;
  static final int MAX_BYTES = HEAD_BYTES + FIXED_BYTES + JournalRecord.MAX_BYTES;
  private static final long MICROS = 1_000_000;

  /** What stands at a place of a segment. */
  sealed interface Found {
    /** A whole record. */
    record Whole(JournalRecord value, int bytes) implements Found {}

    /** The beginning of one; {@code bytes} are needed to see all of it. */
    record Partial(int bytes) implements Found {}

    /** No record. */
    record Damaged() implements Found {}
  }

  private RecordFormat() {}

  static int bytes(JournalRecord value) {
    return HEAD_BYTES + FIXED_BYTES + value.terminal().length() + value.payload().length;
  }

  /** Writes at the buffer's position, which has room for it. */
  static void write(JournalRecord value, ByteBuffer to) {
    int start = to.position();
    byte[] terminal = value.terminal().getBytes(StandardCharsets.US_ASCII);
    to.position(start + HEAD_BYTES);
    to.put((byte) value.kind())
        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, value.receivedAt()))
        .put((byte) terminal.length)
        .put(terminal)
        .put(value.payload());
    int length = to.position() - start - HEAD_BYTES;
    to.putInt(start, length).putInt(start + 4, check(to, start + HEAD_BYTES, length));
  }

  /** Reads at the buffer's position, which moves behind a whole record and nowhere else. */
  static Found read(ByteBuffer from) {
    int start = from.position();
    if (from.remaining() < HEAD_BYTES) {
      return new Found.Partial(HEAD_BYTES);
    }
    int length = from.getInt(start);
    if (length < FIXED_BYTES || length > MAX_BYTES - HEAD_BYTES) {
      return new Found.Damaged();
    }
    if (from.remaining() < HEAD_BYTES + length) {
      return new Found.Partial(HEAD_BYTES + length);
    }
    JournalRecord value = checked(from, start, length);
    if (value == null) {
      return new Found.Damaged();
    }
    from.position(start + HEAD_BYTES + length);
    return new Found.Whole(value, HEAD_BYTES + length);
  }

  private static @Nullable JournalRecord checked(ByteBuffer from, int start, int length) {
    if (from.getInt(start + 4) != check(from, start + HEAD_BYTES, length)) {
      return null;
    }
    ByteBuffer body = from.slice(start + HEAD_BYTES, length);
    int kind = Byte.toUnsignedInt(body.get());
    long micros = body.getLong();
    byte[] terminal = new byte[Byte.toUnsignedInt(body.get())];
    if (terminal.length > body.remaining()) {
      return null;
    }
    body.get(terminal);
    byte[] payload = new byte[body.remaining()];
    body.get(payload);
    Instant receivedAt =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
    return new JournalRecord(
        kind, new String(terminal, StandardCharsets.US_ASCII), receivedAt, payload);
  }

  private static int check(ByteBuffer buffer, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(start, length));
    return (int) crc.getValue();
  }
}
