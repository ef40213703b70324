package io.roadcast.fleet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The colour of a plate, which is part of it (JT/T 415, JT/T 697.7; JT/T 808 message 0x0100). */
public enum PlateColor {
  BLUE(1),
  YELLOW(2),
  BLACK(3),
  WHITE(4),
  GREEN(5),
  OTHER(9),
  FARM_YELLOW(91),
  FARM_GREEN(92),
  YELLOW_GREEN(93),
  GRADIENT_GREEN(94);

  private final int code;

  PlateColor(int code) {
    this.code = code;
  }

  /** What stands in messages. */
  public int code() {
    return code;
  }

  /** As it is written in the API and the database, such as "yellow_green". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param code as it stands in a message; 0 is a vehicle without a plate
   */
  public static Optional<PlateColor> ofCode(int code) {
    return Arrays.stream(values()).filter(color -> color.code == code).findFirst();
  }

  public static Optional<PlateColor> ofLabel(String label) {
    return Arrays.stream(values()).filter(color -> color.label().equals(label)).findFirst();
  }
}
