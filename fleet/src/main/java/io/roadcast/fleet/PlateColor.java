package io.roadcast.fleet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The colour of a plate, which is part of it (JT/T 415, JT/T 697.7; JT/T 808 message 0x0100). */
public enum PlateColor {
  BLUE(1, "蓝"),
  YELLOW(2, "黄"),
  BLACK(3, "黑"),
  WHITE(4, "白"),
  GREEN(5, "绿"),
  OTHER(9, "其他"),
  AGRICULTURAL_YELLOW(91, "农黄"),
  AGRICULTURAL_GREEN(92, "农绿"),
  YELLOW_GREEN(93, "黄绿"),
  GRADIENT_GREEN(94, "渐变绿");

  private final int code;
  private final String chinese;

  PlateColor(int code, String chinese) {
    this.code = code;
    this.chinese = chinese;
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

  /** As people write it into lists: the label, the code, or the Chinese word with or without 色. */
  public static Optional<PlateColor> ofName(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(
            color ->
                color.label().equals(wanted)
                    || color.chinese.equals(wanted)
                    || (color.chinese + "色").equals(wanted)
                    || Integer.toString(color.code).equals(wanted))
        .findFirst();
  }

  public static Optional<PlateColor> ofLabel(String label) {
    return Arrays.stream(values()).filter(color -> color.label().equals(label)).findFirst();
  }
}
