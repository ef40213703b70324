package io.roadcast.jtt.live;

/** Whether terminals may use more data. */
@FunctionalInterface
public interface DataBudget {
  /**
   * Any thread; never blocks.
   *
   * @param terminal digits without leading zeros
   */
  boolean spent(String terminal);

  static DataBudget unlimited() {
    return terminal -> false;
  }
}
