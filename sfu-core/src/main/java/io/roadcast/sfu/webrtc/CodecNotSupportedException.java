package io.roadcast.sfu.webrtc;

/**
 * A good offer from a viewer that cannot decode what the stream carries. The message is for its
 * author.
 */
public final class CodecNotSupportedException extends Exception {
  private static final long serialVersionUID = 1L;

  CodecNotSupportedException(String message) {
    super(message);
  }
}
