package io.roadcast.sfu.webrtc;

/**
 * An offer or answer that cannot be read, or that asks for something this server never does. The
 * message is for its author.
 */
public final class SdpException extends Exception {
  private static final long serialVersionUID = 1L;

  SdpException(String message) {
    super(message);
  }
}
