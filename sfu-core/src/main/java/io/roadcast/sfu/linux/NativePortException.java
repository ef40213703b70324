package io.roadcast.sfu.linux;

import org.jspecify.annotations.Nullable;

/** The Linux port can not be used here. */
public final class NativePortException extends Exception {
  private static final long serialVersionUID = 1L;

  /** For metrics. */
  public enum Reason {
    /** Not Linux, or an architecture whose structures are not known. */
    UNKNOWN_SYSTEM,
    /** The JVM was not told that native code may be called. */
    NATIVE_ACCESS_DISABLED,
    /** A call is missing or does something else than expected. */
    PROBE_FAILED
  }

  private final Reason reason;

  NativePortException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
