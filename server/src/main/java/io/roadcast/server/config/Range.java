package io.roadcast.server.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;

/**
 * The values that a key may have, both ends included.
 *
 * @param min in the quantity's smallest unit: one, bytes, or milliseconds
 * @param max the same
 */
record Range(Quantity quantity, long min, long max) {
  /** What {@link Between} says of a component. */
  static Range of(RecordComponent component) {
    Quantity quantity = quantityOf(component);
    Between between = component.getAnnotation(Between.class);
    if (between == null) {
      throw new IllegalStateException(component + " needs @Between");
    }
    return new Range(quantity, quantity.parse(between.min()), quantity.parse(between.max()));
  }

  private static Quantity quantityOf(RecordComponent component) {
    if (component.getType() == Duration.class) {
      return Quantity.TIME;
    }
    boolean bytes = component.getName().toLowerCase(Locale.ROOT).endsWith("bytes");
    return bytes ? Quantity.SIZE : Quantity.COUNT;
  }

  /**
   * @throws IllegalArgumentException if the text is no such quantity or outside; the message says
   *     what is wanted
   */
  long parse(String text) {
    long value;
    try {
      value = quantity.parse(text);
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException("allowed is " + this, overflow);
    }
    if (value < min || value > max) {
      throw new IllegalArgumentException("allowed is " + this);
    }
    return value;
  }

  /** As {@code reference.yaml} says it, such as "500ms to 1h". */
  @Override
  public String toString() {
    return quantity.write(min) + " to " + quantity.write(max);
  }
}
