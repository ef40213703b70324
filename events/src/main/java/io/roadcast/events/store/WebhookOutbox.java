package io.roadcast.events.store;

import org.jdbi.v3.core.Handle;

/** What webhooks are to be told, written where events change. */
final class WebhookOutbox {
  /** Adds the changes of {@code :events}, and for each who wants to be told of it. */
  static final String ADD =
      """
      WITH change AS (
        INSERT INTO event_change (event_id, what)
        SELECT id, :what FROM unnest(:events) WITH ORDINALITY AS each(id, place) ORDER BY place
        RETURNING id, event_id)
      INSERT INTO webhook_delivery (webhook_id, terminal, event_id, what, change_id)
      SELECT w.id, e.terminal, e.id, :what, c.id
      FROM change c JOIN safety_event e ON e.id = c.event_id JOIN webhook w ON w.enabled
        AND :what = ANY(w.changes)
        AND (w.organization_id IS NULL OR w.organization_id = e.organization_id)
        AND (w.terminal IS NULL OR w.terminal = e.terminal)
        AND (w.kind IS NULL OR w.kind = e.kind)
        AND w.severity <= e.severity
        AND CASE WHEN w.group_id IS NULL THEN true ELSE w.group_id IN (
          WITH RECURSIVE above(id) AS (
            SELECT e.group_id UNION
            SELECT g.parent_id FROM vehicle_group g JOIN above a ON g.id = a.id)
          SELECT id FROM above WHERE id IS NOT NULL) END
      WHERE NOT e.suppressed
      """;

  /** Gives deliveries the numbers of their changes, and wakes their lines. */
  private static final String NUMBER =
      """
      WITH numbered AS (
        UPDATE webhook_delivery d SET number = c.number FROM event_change c
        WHERE c.id = d.change_id AND d.number IS NULL AND c.number > :last
        RETURNING d.webhook_id, d.terminal)
      INSERT INTO webhook_line (webhook_id, terminal, due_at)
      SELECT DISTINCT webhook_id, terminal, CAST('-infinity' AS timestamptz) FROM numbered
      ORDER BY webhook_id, terminal
      ON CONFLICT (webhook_id, terminal)
      DO UPDATE SET due_at = coalesce(webhook_line.due_at, excluded.due_at)
      """;

  private WebhookOutbox() {}

  /** In the transaction that gave the numbers above that one. */
  static void number(Handle handle, long last) {
    handle.createUpdate(NUMBER).bind("last", last).execute();
  }
}
