package io.roadcast.jtt.multimedia;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Ties files to the command that ordered them. */
public final class OrderedMedia {
  private OrderedMedia() {}

  /**
   * Notes what a terminal said it took. Files that came before the terminal said so are tied now,
   * others when they come.
   *
   * @param handle of the transaction in which the command's end is written down
   * @param orderedAt files that came earlier are others of the same numbers
   */
  public static void note(
      Handle handle, UUID command, String terminal, List<Long> mediaIds, Instant orderedAt) {
    MediaTable.lock(handle, terminal);
    handle
        .createUpdate("UPDATE terminal_command SET media_ids = :ids::bigint[] WHERE id = :command")
        .bindArray("ids", Long.class, mediaIds)
        .bind("command", command)
        .execute();
    handle
        .createUpdate(
            "UPDATE terminal_media SET command_id = :command WHERE terminal = :terminal"
                + " AND media_id = ANY (:ids::bigint[]) AND received_at >= :ordered"
                + " AND command_id IS NULL")
        .bind("command", command)
        .bind("terminal", terminal)
        .bindArray("ids", Long.class, mediaIds)
        .bind("ordered", orderedAt.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
