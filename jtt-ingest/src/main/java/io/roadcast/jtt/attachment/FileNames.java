package io.roadcast.jtt.attachment;

import org.jspecify.annotations.Nullable;

/** Names that terminals give to files: for people and for comparing, never a path. */
final class FileNames {
  private static final int LONGEST = 200;
  private static final int MOST_CAMERA = 37;

  private FileNames() {}

  /** Without the zero bytes and blanks that fill it. */
  static String strip(String name) {
    int end = name.indexOf('\0');
    return (end < 0 ? name : name.substring(0, end)).strip();
  }

  /** The stripped name, if it can be one. */
  static String check(String name) throws RefusedUploadException {
    String stripped = strip(name);
    boolean odd =
        stripped.isEmpty()
            || stripped.length() > LONGEST
            || stripped.contains("..")
            || stripped
                .chars()
                .anyMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    if (odd) {
      throw new RefusedUploadException(AttachmentFault.BAD_NAME);
    }
    return stripped;
  }

  /** The camera, by the rule TYPE_CHANNEL_ALARM_SEQUENCE_NUMBER.SUFFIX; 0 and 64 up are none. */
  static @Nullable Integer channel(String name) {
    String[] parts = name.split("_", -1);
    if (parts.length != 5 || !parts[1].matches("[0-9]{1,2}")) {
      return null;
    }
    int channel = Integer.parseInt(parts[1]);
    return channel >= 1 && channel <= MOST_CAMERA ? channel : null;
  }
}
