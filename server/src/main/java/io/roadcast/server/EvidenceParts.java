package io.roadcast.server;

import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.events.action.AttachmentRequests;
import io.roadcast.events.action.ClipMaker;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.attachment.Attachment;
import io.roadcast.jtt.attachment.AttachmentServer;
import io.roadcast.recorder.clip.ClipDesk;
import io.roadcast.recorder.clip.PictureChild;
import io.roadcast.recorder.retrieve.NearRecordings;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.EvidenceMetrics;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.Metrics;
import io.roadcast.signaling.evidence.EvidenceFiles;
import io.roadcast.signaling.evidence.EvidenceRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the files of safety events: those of terminals, and clips of our own video. */
final class EvidenceParts {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceParts.class);
  private static final String ATTACHMENTS = "attachments";

  private final AttachmentServer attachments;
  private final ClipDesk clips;
  private final TerminalParts terminals;
  private final EvidenceRoutes routes;

  /**
   * Starts them.
   *
   * @throws StartException if the port or the directory can not be had
   */
  EvidenceParts(
      ServerConfig config,
      Parts parts,
      Health health,
      Metrics metrics,
      Database database,
      FleetRecords fleet,
      TerminalParts terminals,
      NearRecordings recordings,
      EventTables events,
      EventEvidence evidence)
      throws StartException {
    this.terminals = terminals;
    Path directory = config.dataDirectory().resolve("evidence").toAbsolutePath();
    try {
      attachments =
          parts.add(
              ATTACHMENTS,
              AttachmentServer.start(
                  ModuleConfigs.attachments(config),
                  directory.resolve(ATTACHMENTS),
                  file -> attach(evidence, file),
                  InstantSource.system()));
    } catch (IOException failure) {
      throw BindProblem.explain(
          failure, config.listenAddress(), config.attachment().port(), "attachment.port");
    }
    health.check(
        ATTACHMENTS,
        () -> attachments.listening() ? Optional.empty() : Optional.of("the port is closed"));
    clips =
        parts.add(
            "clips",
            new ClipDesk(
                recordings,
                evidence,
                events,
                directory,
                new PictureChild(),
                InstantSource.system()));
    database.onReady(() -> Thread.ofVirtual().name("clips-resume").start(clips::resume));
    metrics.add(new EvidenceMetrics(attachments, clips));
    routes = new EvidenceRoutes(events, evidence, new EvidenceFiles(directory), fleet.audit());
  }

  private static void attach(EventEvidence evidence, Attachment file) {
    try {
      evidence.put(evidence(file));
    } catch (IllegalArgumentException gone) {
      LOG.warn("[attachments] {} belongs to an event that is gone", file.id());
    }
  }

  private static Evidence evidence(Attachment file) {
    boolean whole = file.state() == Attachment.State.COMPLETE;
    return Evidence.wished(
            file.id(), file.event(), kind(file), file.name(), file.channel(), file.at())
        .stored(
            whole ? EvidenceState.COMPLETE : EvidenceState.PARTIAL,
            ATTACHMENTS + "/" + file.place(),
            file.kind().mediaType(),
            file.bytes(),
            file.sha256());
  }

  private static EvidenceKind kind(Attachment file) {
    return switch (file.kind()) {
      case JPEG, PNG -> EvidenceKind.PICTURE;
      case WAV -> EvidenceKind.SOUND;
      case MP4, H264 -> EvidenceKind.VIDEO;
      case VEHICLE_LOG -> EvidenceKind.LOG;
      case OTHER -> EvidenceKind.OTHER;
    };
  }

  int attachmentPort() {
    return attachments.port();
  }

  /** Asks terminals for the files of alarms. */
  AttachmentRequests attachmentRequests() {
    return new CommandedAttachments(attachments, terminals.gateway().links(), terminals.commands());
  }

  /** Cuts clips. */
  ClipMaker clipMaker() {
    return clips;
  }

  /** Routes of the files. */
  EvidenceRoutes routes() {
    return routes;
  }
}
