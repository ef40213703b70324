package io.roadcast.jtt.attachment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of an alarm that is durable on disk.
 *
 * @param id the same if the same file of the same request comes again
 * @param event what it belongs to
 * @param terminal digits without leading zeros
 * @param number of the request
 * @param name given by the terminal: for people, never a path
 * @param type as the terminal says: 0 picture, 1 sound, 2 video, 3 text, 4 and 5 others
 * @param channel of the camera by the name; null if it tells none
 * @param at when it was complete
 * @param place the file, relative to the directory of attachments
 * @param shown a form that browsers show: MP4 of raw H.264, JSON of a vehicle's log; relative, null
 *     if there is none
 */
public record Attachment(
    UUID id,
    UUID event,
    String terminal,
    String number,
    String name,
    int type,
    @Nullable Integer channel,
    ContentKind kind,
    long bytes,
    String sha256,
    Instant at,
    String place,
    @Nullable String shown,
    State state) {
  /** Whether all of it came. */
  public enum State {
    COMPLETE,
    /** The terminal gave up, or we did; what is missing is zeros. */
    PARTIAL
  }

  Attachment shownAs(String other) {
    return new Attachment(
        id, event, terminal, number, name, type, channel, kind, bytes, sha256, at, place, other,
        state);
  }
}
