package io.roadcast.jtt.attachment;

import io.roadcast.jtt.jt808.AttachmentName;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FileRange;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one request, over all connections that bring them. Its methods block for the disk;
 * any thread.
 */
final class AlarmUpload {
  /** As many as a byte counts, and as one frame holds: few terminals join parts of an answer. */
  private static final int MOST_RANGES = 255;

  private static final int RANGE_BYTES = 8;
  private static final int ANSWER_BYTES = 4;
  private static final int NAME_FIELD_BYTES = 50;
  private static final int MOST_VAIN_ANSWERS = 8;

  private final AttachmentRequest request;
  private final AttachmentConfig config;
  private final AttachmentFiles disk;
  private final InstantSource clock;
  private final Map<String, FileUpload> files = new LinkedHashMap<>();

  AlarmUpload(
      AttachmentRequest request,
      AttachmentConfig config,
      AttachmentFiles disk,
      InstantSource clock) {
    this.request = request;
    this.config = config;
    this.disk = disk;
    this.clock = clock;
  }

  AttachmentRequest request() {
    return request;
  }

  /** 0x1210: adds to what is known, since a terminal that comes back lists only what is missing. */
  synchronized void list(List<AttachmentName> names) throws RefusedUploadException, IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    files.values().forEach(file -> sizes.put(file.name, file.size));
    for (AttachmentName each : names) {
      String name = FileNames.check(each.name().value());
      checkSize(each.size());
      FileUpload known = files.get(name);
      if (known == null || !known.complete()) {
        sizes.put(name, each.size());
      }
    }
    if (sizes.size() > config.maxFiles()) {
      throw new RefusedUploadException(AttachmentFault.TOO_MANY_FILES);
    }
    checkSum(sizes.values().stream().mapToLong(Long::longValue).sum());
    sizes.forEach(
        (name, size) -> {
          FileUpload file =
              files.computeIfAbsent(name, fresh -> new FileUpload(request.number(), fresh, size));
          if (size >= file.ranges.end()) {
            file.size = size;
          }
        });
  }

  private void checkSize(long size) throws RefusedUploadException {
    if (size > config.maxFileBytes()) {
      throw new RefusedUploadException(AttachmentFault.FILE_TOO_LARGE);
    }
  }

  private void checkSum(long bytes) throws RefusedUploadException, IOException {
    if (bytes > config.maxAlarmBytes()) {
      throw new RefusedUploadException(AttachmentFault.ALARM_TOO_LARGE);
    }
    if (disk.usableBytes() - bytes < config.reservedBytes()) {
      throw new RefusedUploadException(AttachmentFault.NO_ROOM);
    }
  }

  /** 0x1211 and 0x1212 say what a file is, and how long after all. */
  synchronized void describe(GbkText name, int type, long size)
      throws RefusedUploadException, IOException {
    FileUpload file = named(name);
    if (file.complete()) {
      return;
    }
    checkSize(size);
    if (size < file.ranges.end()) {
      throw new RefusedUploadException(AttachmentFault.SIZE_MISMATCH);
    }
    if (size != file.size) {
      long others = files.values().stream().mapToLong(each -> each.size).sum() - file.size;
      checkSum(others + size);
    }
    file.type = type;
    file.size = size;
  }

  boolean has(GbkText name) {
    try {
      named(name);
      return true;
    } catch (RefusedUploadException none) {
      return false;
    }
  }

  private synchronized FileUpload named(GbkText text) throws RefusedUploadException {
    String name = FileNames.strip(text.value());
    FileUpload file = files.get(name);
    if (file == null && trimmed(text) == NAME_FIELD_BYTES) {
      file =
          files.values().stream()
              .filter(each -> each.name.startsWith(name))
              .findFirst()
              .orElse(null);
    }
    if (file == null) {
      throw new RefusedUploadException(AttachmentFault.UNLISTED_FILE);
    }
    return file;
  }

  private static int trimmed(GbkText text) {
    Bytes raw = text.raw();
    int end = raw.length();
    while (end > 0 && raw.at(end - 1) == 0) {
      end--;
    }
    return end;
  }

  /**
   * A piece of a file, in any order, and perhaps once more.
   *
   * @return how many of its bytes had not come before
   */
  synchronized long chunk(GbkText name, long offset, Bytes data)
      throws RefusedUploadException, IOException {
    FileUpload file = named(name);
    if (file.complete()) {
      return 0;
    }
    if (offset + data.length() > file.size) {
      throw new RefusedUploadException(AttachmentFault.BEYOND_END);
    }
    disk.write(file.id, offset, ByteBuffer.wrap(data.toArray()));
    long fresh = file.ranges.add(offset, data.length());
    if (fresh < 0) {
      throw new RefusedUploadException(AttachmentFault.TOO_FRAGMENTED);
    }
    return fresh;
  }

  /** What 0x1212 is answered with. */
  sealed interface Verdict {
    /**
     * All of it is durable.
     *
     * @param file null if it was before
     */
    record Whole(@Nullable Attachment file) implements Verdict {}

    record Missing(List<FileRange> ranges) implements Verdict {}

    /** The terminal was asked often enough; what has come is kept. */
    record GivenUp(@Nullable Attachment file) implements Verdict {}
  }

  /** 0x1212: keeps the file if all of it is there. */
  synchronized Verdict sent(GbkText name) throws RefusedUploadException, IOException {
    FileUpload file = named(name);
    if (file.complete()) {
      return new Verdict.Whole(null);
    }
    if (file.ranges.covers(file.size)) {
      return new Verdict.Whole(keep(file, Attachment.State.COMPLETE));
    }
    if (file.answeredInVain() < MOST_VAIN_ANSWERS) {
      return new Verdict.Missing(file.missing(mostRanges(name)));
    }
    return new Verdict.GivenUp(
        file.ranges.bytes() == 0 ? null : keep(file, Attachment.State.PARTIAL));
  }

  private static int mostRanges(GbkText name) {
    int room = Jt808Header.MAX_BODY_BYTES - ANSWER_BYTES - name.raw().length();
    return Math.clamp(room / RANGE_BYTES, 1, MOST_RANGES);
  }

  private Attachment keep(FileUpload file, Attachment.State state) throws IOException {
    String digest = disk.seal(file.id, file.size);
    Attachment whole =
        new Attachment(
            file.id,
            request.event(),
            request.terminal(),
            request.number(),
            file.name,
            file.type,
            FileNames.channel(file.name),
            ContentKind.of(disk.head(file.id), file.size),
            file.size,
            digest,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            AttachmentFiles.place(file.id),
            null,
            state);
    disk.keep(whole);
    file.kept = whole;
    if (state == Attachment.State.PARTIAL) {
      // The part has become the file: if the terminal comes again, it begins anew.
      file.ranges.clear();
    }
    return whole;
  }
}
