package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps pictures, sounds and videos, and acknowledges them (0x8800) when they are safe on disk. */
final class UploadKeeping {
  private final GatewayCore core;

  UploadKeeping(GatewayCore core) {
    this.core = core;
  }

  void keep(LinkSession session, Jt808Header header, MediaUpload upload) {
    ActiveLink link = session.link();
    TerminalMemory.Remembered known = session.memory();
    MediaUpload whole = session.joined(header, upload);
    if (link == null || known == null || whole == null) {
      session.answer(header, LinkSession.SUCCESS); // one part of several, as in 2011
      return;
    }
    Instant now = core.clock().instant();
    Location location = whole.location();
    Instant at = location == null ? now : known.clock().offset().madeAt(location.time(), now);
    core.media()
        .keep(new ReceivedMedia(link.terminal(), now, at, whole))
        .whenComplete(
            (kept, failure) -> session.wire().run(() -> kept(session, header, whole, failure)));
  }

  private void kept(
      LinkSession session, Jt808Header header, MediaUpload upload, @Nullable Throwable failure) {
    if (failure != null) {
      core.statistics().countDropped(DropReason.NOT_KEPT);
      session.notKept(header);
      return;
    }
    session.answerWith(
        header,
        upload.part() == null
            ? MediaUploadAnswer.complete(upload.mediaId())
            : new MediaUploadAnswer(header.serial(), upload.mediaId(), null));
    ActiveLink link = session.link();
    if (link != null) {
      core.registry().tell(listener -> listener.message(link, upload));
    }
  }
}
