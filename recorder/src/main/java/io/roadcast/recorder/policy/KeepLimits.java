package io.roadcast.recorder.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a policy keeps stays.
 *
 * @param age null: as configured for all
 * @param bytes beyond which the oldest go; null: only as all together may have
 */
public record KeepLimits(@Nullable Duration age, @Nullable Long bytes) {
  /** As for everything else. */
  public static final KeepLimits USUAL = new KeepLimits(null, null);

  public KeepLimits {
    if ((age != null && (age.isNegative() || age.isZero())) || (bytes != null && bytes < 0)) {
      throw new IllegalArgumentException("an age is positive, bytes are not negative");
    }
  }
}
