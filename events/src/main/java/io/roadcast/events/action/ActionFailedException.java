package io.roadcast.events.action;

/** Something could not be done about an event. */
public final class ActionFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean later;

  private ActionFailedException(String code, boolean later) {
    super(code);
    this.code = code;
    this.later = later;
  }

  /** It may work later. */
  public static ActionFailedException later(String code) {
    return new ActionFailedException(code, true);
  }

  /** It will never work. */
  public static ActionFailedException never(String code) {
    return new ActionFailedException(code, false);
  }

  /** Stable, such as TERMINAL_OFFLINE. */
  public String code() {
    return code;
  }

  boolean mayWorkLater() {
    return later;
  }
}
