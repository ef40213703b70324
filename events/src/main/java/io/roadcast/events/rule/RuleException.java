package io.roadcast.events.rule;

/** A set of rules can not be read; the message says where and why. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  RuleException(String where, String why) {
    super(where + ": " + why);
  }

  /** For the client who wrote the rules. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
