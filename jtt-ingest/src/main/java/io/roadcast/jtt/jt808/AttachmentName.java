package io.roadcast.jtt.jt808;

/**
 * A file of an alarm.
 *
 * @param name given by the terminal: never a path
 * @param size bytes
 */
public record AttachmentName(GbkText name, long size) {
  static AttachmentName read(BodyReader in) throws MalformedMessageException {
    return new AttachmentName(in.sizedText(), in.u32());
  }

  void write(BodyWriter out) {
    out.sizedText(name).u32(size);
  }

  /** Whether the bytes are exactly a count and so many names. */
  static boolean fit(Bytes list) {
    int at = 1;
    for (int left = list.at(0); left > 0; left--) {
      if (at >= list.length()) {
        return false;
      }
      at += 1 + list.at(at) + 4;
    }
    return at == list.length();
  }
}
