package io.roadcast.recorder.playback;

/** What was wanted of a playback can not be had. The message may be shown to the client. */
public final class PlaybackException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;

  /** Why. */
  public enum Code {
    /** Nothing is recorded of that time. */
    NOTHING_RECORDED,
    /** It is recorded, but can not be read. */
    UNREADABLE,
    /** It is coded otherwise than was agreed with the viewer, and can not be transcoded now. */
    CODEC_NOT_SUPPORTED,
    /** As many viewers as may be are shown recordings. */
    TOO_MANY_PLAYBACKS,
    /** The picture is live: there is nothing to be told to go on, or how fast. */
    NOT_PLAYING,
    VIEWER_NOT_FOUND
  }

  PlaybackException(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
