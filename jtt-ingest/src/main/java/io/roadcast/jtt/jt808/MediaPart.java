package io.roadcast.jtt.jt808;

/**
 * Which part of a media file a message of JT/T 808-2011 holds.
 *
 * @param total how many there are
 * @param index from 1
 */
public record MediaPart(long total, long index) {
  static MediaPart read(BodyReader in) throws MalformedMessageException {
    return new MediaPart(in.u32(), in.u32());
  }

  void write(BodyWriter out) {
    out.u32(total).u32(index);
  }
}
