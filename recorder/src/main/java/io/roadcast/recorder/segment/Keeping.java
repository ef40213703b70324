package io.roadcast.recorder.segment;

import org.jspecify.annotations.Nullable;

/**
 * For how long a segment is kept.
 *
 * @param policy scope and subject of the policy that kept it, such as "vehicle/{id}"; null if it
 *     was none
 * @param hold whether somebody wants it kept whatever the policy says
 */
public record Keeping(@Nullable String policy, boolean hold) {
  /** As long as everything that nobody decided about. */
  public static final Keeping USUAL = new Keeping(null, false);

  public Keeping held(boolean wanted) {
    return new Keeping(policy, wanted);
  }
}
