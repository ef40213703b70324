package io.roadcast.jtt.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.MediaPart;
import io.roadcast.jtt.jt808.MediaUpload;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins an upload that counts its parts inside the body (JT/T 808-2011, 0x0801). One at a time: a
 * part of another upload takes the place of one that was never finished.
 */
final class MediaParts {
  private final int mostBytes;
  private final TreeMap<Long, Bytes> parts = new TreeMap<>();
  private long mediaId;
  private long total;
  private int bytes;

  MediaParts(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The whole upload when this was the last part that was missing. */
  @Nullable MediaUpload join(MediaUpload upload) {
    MediaPart part = upload.part();
    if (part == null || part.index() < 1 || part.index() > part.total()) {
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
    if (bytes > mostBytes) {
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

  private void clear() {
    parts.clear();
    bytes = 0;
    total = 0;
  }
}
