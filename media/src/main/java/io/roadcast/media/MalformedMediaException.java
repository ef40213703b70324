package io.roadcast.media;

/** Media bytes that break their standard. The message says what is wrong and holds no media. */
public final class MalformedMediaException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMediaException(String message) {
    super(message);
  }
}
