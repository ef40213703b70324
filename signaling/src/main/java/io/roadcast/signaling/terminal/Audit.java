package io.roadcast.signaling.terminal;

import io.javalin.http.Context;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.signaling.http.Gate;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down who did what to terminals. */
final class Audit {
  private final FleetRecords records;
  private final Gate gate;

  /**
   * What was done to.
   *
   * @param kind such as "terminal"
   * @param id as the audit shows it
   */
  record Subject(@Nullable UUID organization, String kind, String id) {}

  Audit(FleetRecords records, Gate gate) {
    this.records = records;
    this.gate = gate;
  }

  void done(Context ctx, String action, Subject subject, String detail) {
    records
        .audit()
        .add(
            new AuditTrail.Entry(
                subject.organization,
                Instant.now(),
                gate.identify(ctx).id(),
                ctx.ip(),
                action,
                subject.kind,
                subject.id,
                "done",
                detail));
  }
}
