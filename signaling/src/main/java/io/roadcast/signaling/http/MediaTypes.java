package io.roadcast.signaling.http;

import org.jspecify.annotations.Nullable;

/** Content-Type without its parameters. */
public final class MediaTypes {
  private MediaTypes() {}

  public static boolean is(@Nullable String contentType, String expected) {
    if (contentType == null) {
      return false;
    }
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.strip().equalsIgnoreCase(expected);
  }
}
