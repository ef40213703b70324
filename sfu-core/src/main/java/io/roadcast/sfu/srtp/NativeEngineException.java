package io.roadcast.sfu.srtp;

import org.jspecify.annotations.Nullable;

/** No native library can encrypt here; the message says why. */
public final class NativeEngineException extends Exception {
  private static final long serialVersionUID = 1L;

  NativeEngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
