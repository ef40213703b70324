package io.roadcast.recorder.store;

import java.io.IOException;

/** The object store does not answer, or refuses; trying later may help. */
public final class StorageUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
