package io.roadcast.jtt.attachment;

import io.roadcast.jtt.attachment.AlarmUpload.Verdict;
import io.roadcast.jtt.jsatl12.AttachmentListener;
import io.roadcast.jtt.jsatl12.FileChunk;
import io.roadcast.jtt.jt808.Assembly;
import io.roadcast.jtt.jt808.AssemblyLimits;
import io.roadcast.jtt.jt808.AttachmentFile;
import io.roadcast.jtt.jt808.AttachmentFileAnswer;
import io.roadcast.jtt.jt808.AttachmentFileSent;
import io.roadcast.jtt.jt808.AttachmentList;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FileRange;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.SubPackageAssembler;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one connection says, and what it is answered. Belongs to the connection's thread. */
final class AttachmentSession implements AttachmentListener {
  private static final Logger LOG = LoggerFactory.getLogger(AttachmentSession.class);
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int NOT_SUPPORTED = 3;
  private static final int WHOLE = 0;
  private static final int SEND_AGAIN = 1;

  /** Things that are not taken, without anything good among them, before the connection ends. */
  private static final int MOST_FAULTS = 32;

  private static final AssemblyLimits PACKAGES =
      new AssemblyLimits(16, 16 << 10, 1, 64 << 10, Duration.ofSeconds(10), 0);

  /** Where answers go. */
  interface Wire {
    void write(List<Bytes> frames) throws IOException;
  }

  private final AttachmentDesk desk;
  private final AttachmentCounters counters;
  private final Consumer<Attachment> kept;
  private final Wire wire;
  private final SubPackageAssembler packages;
  private final List<AlarmUpload> uploads = new ArrayList<>();
  private @Nullable AttachmentClose closing;
  private @Nullable IOException broken;
  private int serial;
  private int faults;

  AttachmentSession(
      AttachmentDesk desk,
      AttachmentCounters counters,
      Consumer<Attachment> kept,
      Wire wire,
      InstantSource clock) {
    this.desk = desk;
    this.counters = counters;
    this.kept = kept;
    this.wire = wire;
    this.packages = new SubPackageAssembler(PACKAGES, clock);
  }

  /** Why the connection has to end; null if it need not. */
  @Nullable AttachmentClose closing() {
    return closing;
  }

  /** Whether any list of files was accepted. */
  boolean accepted() {
    return !uploads.isEmpty();
  }

  /** Throws what went wrong while answering. */
  void check() throws IOException {
    if (broken != null) {
      throw broken;
    }
  }

  @Override
  public void frame(Jt808Frame frame) {
    if (closing != null) {
      return;
    }
    Jt808Header header = frame.header();
    if (!header.subPackaged()) {
      message(header, frame.body());
      return;
    }
    switch (packages.add(frame)) {
      case Assembly.Complete(var whole) -> message(whole.firstHeader(), whole.body());
      case Assembly.Waiting _, Assembly.Repeated _ -> answer(header, DONE);
      case Assembly.Rejected _ -> {
        refuse(AttachmentFault.BAD_MESSAGE);
        answer(header, FAILED);
      }
    }
  }

  private void message(Jt808Header header, Bytes body) {
    try {
      Jt808Message message = Jt808Codec.decode(header, body, header.version()).message();
      switch (message) {
        case AttachmentList list -> list(header, list);
        case AttachmentFile file -> {
          upload(file.name()).describe(file.name(), file.type(), file.size());
          answer(header, DONE);
        }
        case AttachmentFileSent file -> sent(header, file);
        case Heartbeat _ -> answer(header, DONE);
        default -> {
          refuse(AttachmentFault.UNEXPECTED_MESSAGE);
          answer(header, NOT_SUPPORTED);
        }
      }
    } catch (MalformedMessageException malformed) {
      refuse(AttachmentFault.BAD_MESSAGE);
      answer(header, FAILED);
    } catch (RefusedUploadException refused) {
      LOG.debug("[attachments] {}: {}", header.phone(), refused.getMessage());
      refuse(refused.fault());
      answer(header, FAILED);
    } catch (IOException failure) {
      LOG.error("[attachments] files of alarms can not be written", failure);
      refuse(AttachmentFault.NOT_WRITTEN);
      answer(header, FAILED);
    }
  }

  private void list(Jt808Header header, AttachmentList list)
      throws RefusedUploadException, IOException {
    AlarmUpload upload = desk.find(list, header.phone().digits());
    upload.list(list.files());
    uploads.remove(upload);
    uploads.addFirst(upload);
    faults = 0;
    answer(header, DONE);
  }

  /** The alarm that has a file of this name; the one that was listed last comes first. */
  private AlarmUpload upload(GbkText name) throws RefusedUploadException {
    if (uploads.isEmpty()) {
      throw new RefusedUploadException(AttachmentFault.NO_ALARM);
    }
    return uploads.stream()
        .filter(each -> each.has(name))
        .findFirst()
        .orElseThrow(() -> new RefusedUploadException(AttachmentFault.UNLISTED_FILE));
  }

  private void sent(Jt808Header header, AttachmentFileSent file)
      throws RefusedUploadException, IOException {
    AlarmUpload upload = upload(file.name());
    upload.describe(file.name(), file.type(), file.size());
    switch (upload.sent(file.name())) {
      case Verdict.Whole(var whole) -> {
        if (whole != null) {
          counters.complete.increment();
          kept.accept(whole);
        }
        faults = 0;
        say(header, new AttachmentFileAnswer(file.name(), file.type(), WHOLE, List.of()));
      }
      case Verdict.Missing(List<FileRange> ranges) -> {
        counters.askedAgain.increment();
        say(header, new AttachmentFileAnswer(file.name(), file.type(), SEND_AGAIN, ranges));
      }
      case Verdict.GivenUp(var partial) -> {
        if (partial != null) {
          counters.partial.increment();
          kept.accept(partial);
        }
        closing = AttachmentClose.NO_PROGRESS;
      }
    }
  }

  @Override
  public void chunk(FileChunk chunk) {
    if (closing != null) {
      return;
    }
    try {
      long fresh = upload(chunk.name()).chunk(chunk.name(), chunk.offset(), chunk.data());
      counters.bytes.add(fresh);
      counters.repeatedBytes.add(chunk.data().length() - fresh);
    } catch (RefusedUploadException refused) {
      refuse(refused.fault());
    } catch (IOException failure) {
      LOG.error("[attachments] files of alarms can not be written", failure);
      refuse(AttachmentFault.NOT_WRITTEN);
    }
  }

  @Override
  public void oversizedChunk(long announcedBytes) {
    refuse(AttachmentFault.CHUNK_TOO_LARGE);
    closing = AttachmentClose.CHUNK_TOO_LARGE;
  }

  @Override
  public void fault(FrameFault fault, int bytes) {
    refuse(AttachmentFault.BAD_FRAME);
  }

  private void refuse(AttachmentFault fault) {
    counters.refused.add(fault, 1);
    faults++;
    if (faults >= MOST_FAULTS && closing == null) {
      closing = AttachmentClose.ABUSE;
    }
  }

  private void answer(Jt808Header header, int result) {
    say(header, new PlatformAnswer(header.serial(), header.messageId(), result));
  }

  private void say(Jt808Header header, Jt808Message message) {
    List<Bytes> frames = Jt808Codec.encode(message, header.phone(), serial, header.version());
    serial = (serial + frames.size()) % Jt808Header.SERIALS;
    try {
      wire.write(frames);
    } catch (IOException gone) {
      broken = gone;
    }
  }
}
