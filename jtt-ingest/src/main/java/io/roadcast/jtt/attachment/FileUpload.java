package io.roadcast.jtt.attachment;

import io.roadcast.jtt.jt808.FileRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One file of an alarm, as far as it has come. Guarded by its {@link AlarmUpload}. */
final class FileUpload {
  final UUID id;
  final String name;
  final ReceivedRanges ranges = new ReceivedRanges();
  int type;
  long size;
  @Nullable Attachment kept;
  private long bytesAtLastAnswer = -1;
  private int vainAnswers;

  FileUpload(String number, String name, long size) {
    // The same file of the same request has the same id, on another connection or after a restart.
    this.id = UUID.nameUUIDFromBytes((number + "/" + name).getBytes(StandardCharsets.UTF_8));
    this.name = name;
    this.size = size;
  }

  boolean complete() {
    Attachment done = kept;
    return done != null && done.state() == Attachment.State.COMPLETE;
  }

  List<FileRange> missing(int most) {
    return ranges.missing(size, most);
  }

  /** Counts an answer that asks for ranges; how many in a row brought nothing. */
  int answeredInVain() {
    vainAnswers = ranges.bytes() == bytesAtLastAnswer ? vainAnswers + 1 : 0;
    bytesAtLastAnswer = ranges.bytes();
    return vainAnswers;
  }
}
