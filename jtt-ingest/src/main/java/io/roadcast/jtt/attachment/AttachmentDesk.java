package io.roadcast.jtt.attachment;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.AttachmentList;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows for which alarms files were asked for, and what has come of them. Any thread. */
final class AttachmentDesk {
  private static final Logger LOG = LoggerFactory.getLogger(AttachmentDesk.class);
  private static final int NUMBER_BYTES = 16;

  private final AttachmentConfig config;
  private final AttachmentFiles disk;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, AlarmUpload> uploads = new ConcurrentHashMap<>();

  AttachmentDesk(AttachmentConfig config, AttachmentFiles disk, InstantSource clock)
      throws IOException {
    this.config = config;
    this.disk = disk;
    this.clock = clock;
    for (AttachmentRequest request : disk.requests()) {
      uploads.put(request.number(), upload(request));
    }
  }

  private AlarmUpload upload(AttachmentRequest request) {
    return new AlarmUpload(request, config, disk, clock);
  }

  /** From now on files for this alarm are taken, also after a restart. */
  AttachmentRequest issue(String terminal, UUID event, AlarmIdentifier alarm) throws IOException {
    byte[] number = new byte[NUMBER_BYTES];
    random.nextBytes(number);
    AttachmentRequest request =
        new AttachmentRequest(
            HexFormat.of().formatHex(number),
            event,
            terminal,
            alarm,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    disk.keep(request);
    uploads.put(request.number(), upload(request));
    return request;
  }

  /**
   * What a list of files belongs to.
   *
   * @param terminal that sends it
   */
  AlarmUpload find(AttachmentList list, String terminal) throws RefusedUploadException {
    AlarmUpload upload = uploads.get(FileNames.strip(list.alarmNumber().value()));
    if (upload == null || expired(upload.request())) {
      throw new RefusedUploadException(AttachmentFault.UNKNOWN_ALARM);
    }
    if (!upload.request().terminal().equals(terminal)
        || !upload.request().alarm().equals(list.alarm())) {
      throw new RefusedUploadException(AttachmentFault.FOREIGN_ALARM);
    }
    return upload;
  }

  private boolean expired(AttachmentRequest request) {
    Instant now = clock.instant();
    return request.at().plus(config.requestLifetime()).isBefore(now);
  }

  /** Forgets what was asked for too long ago. */
  void sweep() {
    for (AlarmUpload upload : uploads.values()) {
      if (expired(upload.request())) {
        try {
          disk.forget(upload.request());
          uploads.remove(upload.request().number());
        } catch (IOException failure) {
          LOG.warn("[attachments] a request stays: {}", failure.toString());
        }
      }
    }
  }

  /** How many requests are open. */
  int open() {
    return uploads.size();
  }
}
