package io.roadcast.jtt.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.MediaPart;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins an upload that counts its parts inside the body (JT/T 808-2011, 0x0801), and asks for parts
 * that are missing (0x8800). One at a time: a part of another upload takes the place of one that
 * was never finished. Belongs to the session's event loop.
 */
final class MediaParts {
  /** Parts are asked for by a WORD. */
  private static final int MOST_PARTS = 0xffff;

  /** As many as the edition of 2011 lets one message name. */
  private static final int MOST_ASKED_FOR = 125;

  private final LinkSession session;
  private final TreeMap<Long, Bytes> parts = new TreeMap<>();
  private long mediaId;
  private long total;
  private int bytes;
  private int lastSerial;
  private int requests;
  private Instant touchedAt = Instant.MIN;

  MediaParts(LinkSession session) {
    this.session = session;
  }

  /** The whole upload when this was the last part that was missing. */
  @Nullable MediaUpload join(Jt808Header header, MediaUpload upload) {
    MediaPart part = upload.part();
    if (part == null
        || part.index() < 1
        || part.index() > part.total()
        || part.total() > MOST_PARTS) {
      return null;
    }
    if (upload.mediaId() != mediaId || part.total() != total) {
      clear();
      mediaId = upload.mediaId();
      total = part.total();
    }
    if (parts.putIfAbsent(part.index(), upload.data()) == null) {
      bytes += upload.data().length();
    }
    lastSerial = header.serial();
    touchedAt = session.core().clock().instant();
    if (bytes > session.core().config().messages().maxBytes()) {
      session.core().statistics().countDropped(DropReason.BAD_PACKAGE);
      clear();
      return null;
    }
    return parts.size() == total ? whole(upload) : null;
  }

  private MediaUpload whole(MediaUpload last) {
    byte[] all = new byte[bytes];
    ByteBuf out = Unpooled.wrappedBuffer(all).writerIndex(0);
    parts.values().forEach(each -> each.writeTo(out));
    clear();
    return new MediaUpload(
        last.mediaId(),
        last.type(),
        last.format(),
        last.event(),
        last.channel(),
        last.location(),
        last.part(),
        Bytes.of(all));
  }

  /** Asks for what is missing, and gives up what does not come. */
  void tick() {
    Instant now = session.core().clock().instant();
    Jt808Config config = session.core().config();
    if (parts.isEmpty() || touchedAt.plus(config.times().missingPackages()).isAfter(now)) {
      return;
    }
    if (requests == config.messages().requests()) {
      session.core().statistics().countDropped(DropReason.INCOMPLETE);
      clear();
      return;
    }
    requests++;
    touchedAt = now;
    session.core().statistics().countPackageRequest();
    session.send(new MediaUploadAnswer(lastSerial, mediaId, missing()));
  }

  private List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int index = 1; index <= total && missing.size() < MOST_ASKED_FOR; index++) {
      if (!parts.containsKey((long) index)) {
        missing.add(index);
      }
    }
    return missing;
  }

  private void clear() {
    parts.clear();
    bytes = 0;
    total = 0;
    requests = 0;
  }
}
