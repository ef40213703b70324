package io.roadcast.media.mp4;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a box stands in a buffer (ISO/IEC 14496-12 section 4.2).
 *
 * @param type four characters
 * @param start of its header
 * @param content behind its header, and for a full box behind nothing else: version and flags are
 *     part of it
 * @param end exclusive
 */
public record Mp4Box(String type, int start, int content, int end) {
  static final int HEADER_BYTES = 8;
  private static final int LARGE_HEADER_BYTES = 16;

  /** More boxes side by side than any file of ours has. */
  private static final int MAX_BOXES = 4096;

  /**
   * The boxes that stand side by side from {@code from} to {@code to}.
   *
   * @param bytes not changed; positions are absolute
   * @throws MalformedMediaException if a box does not end where the next one begins, or at the end
   */
  public static List<Mp4Box> list(ByteBuffer bytes, int from, int to)
      throws MalformedMediaException {
    List<Mp4Box> boxes = new ArrayList<>();
    for (int at = from; at < to; ) {
      Mp4Box box = at(bytes, at, to);
      boxes.add(box);
      if (boxes.size() > MAX_BOXES) {
        throw new MalformedMediaException("more than " + MAX_BOXES + " boxes");
      }
      at = box.end;
    }
    return boxes;
  }

  /** The boxes within this one. */
  public List<Mp4Box> children(ByteBuffer bytes) throws MalformedMediaException {
    return list(bytes, content, end);
  }

  /** The first box of this type within this one. */
  public Optional<Mp4Box> child(ByteBuffer bytes, String wanted) throws MalformedMediaException {
    return children(bytes).stream().filter(box -> box.type.equals(wanted)).findFirst();
  }

  /**
   * The same.
   *
   * @throws MalformedMediaException if there is none
   */
  Mp4Box need(ByteBuffer bytes, String wanted) throws MalformedMediaException {
    return child(bytes, wanted)
        .orElseThrow(() -> new MalformedMediaException("a " + type + " without " + wanted));
  }

  /** The content's length in bytes. */
  int length() {
    return end - content;
  }

  private static Mp4Box at(ByteBuffer bytes, int at, int limit) throws MalformedMediaException {
    if (limit - at < HEADER_BYTES) {
      throw new MalformedMediaException("a box of " + (limit - at) + " bytes");
    }
    long size = Integer.toUnsignedLong(bytes.getInt(at));
    int header = HEADER_BYTES;
    if (size == 1 && limit - at >= LARGE_HEADER_BYTES) {
      size = bytes.getLong(at + HEADER_BYTES);
      header = LARGE_HEADER_BYTES;
    }
    if (size < header || size > limit - at) {
      throw new MalformedMediaException("a box that says it has " + size + " bytes");
    }
    byte[] name = new byte[4];
    bytes.get(at + 4, name);
    return new Mp4Box(
        new String(name, StandardCharsets.ISO_8859_1), at, at + header, at + (int) size);
  }
}
