package io.roadcast.jtt.jt808;

/**
 * Bytes of a file.
 *
 * @param offset of the first
 */
public record FileRange(long offset, long length) {
  static FileRange read(BodyReader in) throws MalformedMessageException {
    return new FileRange(in.u32(), in.u32());
  }

  void write(BodyWriter out) {
    out.u32(offset).u32(length);
  }
}
