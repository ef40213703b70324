package io.roadcast.jtt.jt808;

import java.util.List;

/** The list of missing parts in 0x0005 and 0x8003: its count is a BYTE in 2013, a WORD in 2019. */
final class PackageIndexes {
  private static final int SERIAL_BYTES = 2;

  private PackageIndexes() {}

  /** Some terminals write a BYTE under a header of 2019. */
  static ProtocolVersion layout(Bytes body, ProtocolVersion version) {
    boolean byteCount =
        body.length() > SERIAL_BYTES
            && body.length() == SERIAL_BYTES + 1 + 2 * body.at(SERIAL_BYTES);
    return version.before2019() || !byteCount ? version : ProtocolVersion.V2013;
  }

  static List<Integer> read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    return in.list(layout.before2019() ? in.u8() : in.u16(), BodyReader::u16);
  }

  static void write(List<Integer> indexes, BodyWriter out, ProtocolVersion layout) {
    if (layout.before2019()) {
      out.u8(indexes.size());
    } else {
      out.u16(indexes.size());
    }
    out.list(indexes, (index, to) -> to.u16(index));
  }
}
