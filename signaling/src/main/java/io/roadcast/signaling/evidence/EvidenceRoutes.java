package io.roadcast.signaling.evidence;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.events.Evidence;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.signaling.evidence.EvidenceFiles.Form;
import io.roadcast.signaling.evidence.EvidenceFiles.Found;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.http.RouteSet;
import io.roadcast.signaling.recording.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The bytes of files of safety events. Each download is written down once, not each of its parts.
 */
public final class EvidenceRoutes implements RouteSet {
  private static final int COPY_BYTES = 64 << 10;

  private final EventTables events;
  private final EventEvidence evidence;
  private final EvidenceFiles files;
  private final AuditTrail audit;

  public EvidenceRoutes(
      EventTables events, EventEvidence evidence, EvidenceFiles files, AuditTrail audit) {
    this.events = events;
    this.evidence = evidence;
    this.files = files;
    this.audit = audit;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    routes.get("/api/v1/events/{event}/evidence/{id}", ctx -> content(ctx, tools));
  }

  private void content(Context ctx, Tools tools) throws IOException {
    Principal principal = tools.gate().identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.EVIDENCE_NOT_FOUND);
    UUID of = RequestParameters.uuid(ctx, "event", ErrorCode.EVIDENCE_NOT_FOUND);
    Optional<Evidence> found = evidence.find(id).filter(each -> each.event().equals(of));
    SafetyEvent event = found.flatMap(each -> events.find(each.event())).orElse(null);
    if (event == null || !tools.gate().permits(principal, Action.VIEW_EVENTS, resource(event))) {
      // What belongs to somebody else is not there.
      throw missing();
    }
    Evidence wanted = found.orElseThrow(EvidenceRoutes::missing);
    Found file = files.find(wanted, form(ctx)).orElseThrow(EvidenceRoutes::missing);
    ctx.header("Cache-Control", "private, no-cache");
    ctx.header("X-Content-Type-Options", "nosniff");
    if (wanted.sha256() != null && form(ctx) == Form.ORIGINAL) {
      ctx.header("ETag", "\"" + wanted.sha256() + "\"");
    }
    if (ByteRange.fromTheStart(ctx)) {
      audit(ctx, event, wanted, principal.id());
    }
    ByteRange.serve(
        ctx,
        file.contentType(),
        Files.size(file.file()),
        (out, first, end) -> copy(file, out, first, end));
  }

  private static void copy(Found file, OutputStream out, long first, long end) throws IOException {
    byte[] bytes = new byte[COPY_BYTES];
    try (InputStream in = Files.newInputStream(file.file())) {
      in.skipNBytes(first);
      for (long left = end - first; left > 0; ) {
        int length = in.readNBytes(bytes, 0, (int) Math.min(bytes.length, left));
        if (length == 0) {
          throw new EOFException("a file became shorter");
        }
        out.write(bytes, 0, length);
        left -= length;
      }
    }
  }

  private static Form form(Context ctx) {
    String form = ctx.queryParam("form");
    if (form == null || form.equals("original")) {
      return Form.ORIGINAL;
    } else if (form.equals("shown")) {
      return Form.SHOWN;
    }
    throw new ApiException(ErrorCode.INVALID_PARAMETER, "form is \"original\" or \"shown\".");
  }

  /** Whose it was when it happened. */
  private static Resource resource(SafetyEvent event) {
    UUID organization = event.owner().organization();
    return organization == null
        ? Resource.terminal(event.terminal())
        : Resource.terminal(event.terminal(), organization);
  }

  private static ApiException missing() {
    return new ApiException(ErrorCode.EVIDENCE_NOT_FOUND, "There is no such file.");
  }

  private void audit(Context ctx, SafetyEvent event, Evidence file, String who) {
    audit.add(
        new AuditTrail.Entry(
            event.owner().organization(),
            Instant.now(),
            who,
            ctx.ip(),
            "evidence.download",
            "evidence",
            file.id().toString(),
            "done",
            "event " + event.id()));
  }
}
