package io.roadcast.jtt.multimedia;

import io.roadcast.jtt.position.Ownership;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a terminal sent.
 *
 * @param id ours
 * @param terminal digits without leading zeros
 * @param owner whose the terminal was when the file came
 * @param mediaId the terminal's own number of it, which terminals use again
 * @param type as sent, see {@link MediaKind}
 * @param format as sent, see {@link MediaFormat}
 * @param event why it was made, as sent: 0 ordered, 1 timed, 2 robbery alarm, 3 collision or
 *     rollover, others by edition
 * @param at when it was made, best estimate
 * @param position null where the message has none (2011)
 * @param sha256 of the bytes, in hex
 * @param place of the file, relative to the store's directory
 * @param command that it was ordered by; null if by none that is known
 */
public record MediaRecord(
    UUID id,
    String terminal,
    Ownership.Owner owner,
    long mediaId,
    int type,
    int format,
    int event,
    int channel,
    Instant at,
    Instant receivedAt,
    @Nullable MediaPosition position,
    long bytes,
    String sha256,
    String place,
    @Nullable UUID command) {
  public MediaKind kind() {
    return MediaKind.ofType(type);
  }

  public MediaFormat formatName() {
    return MediaFormat.of(format);
  }

  MediaRecord with(Ownership.Owner present) {
    return new MediaRecord(
        id,
        terminal,
        present,
        mediaId,
        type,
        format,
        event,
        channel,
        at,
        receivedAt,
        position,
        bytes,
        sha256,
        place,
        command);
  }
}
