package io.roadcast.jtt.live;

/** Whether terminals may use more data. */
@FunctionalInterface
public interface DataBudget {
  /** What there is to say about a terminal's data. */
  enum Verdict {
    WITHIN,
    /** It has used up its own budget. */
    TERMINAL_SPENT,
    /** The terminals of its organization together have used up theirs. */
    ORGANIZATION_SPENT;

    boolean spent() {
      return this != WITHIN;
    }
  }

  /**
   * Any thread; never blocks.
   *
   * @param terminal digits without leading zeros
   */
  Verdict of(String terminal);

  static DataBudget unlimited() {
    return terminal -> Verdict.WITHIN;
  }
}
