package io.roadcast.jtt.safety;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A safety peripheral of a terminal, as the terminal told last (T/JSATL 12 section 4.3).
 *
 * @param id 0x64 driver assistance, 0x65 driver, 0x66 tyres, 0x67 blind areas
 * @param condition null if it was never told
 * @param description null if it was never told
 */
public record Peripheral(int id, @Nullable Condition condition, @Nullable Description description) {
  /** Names of the bits of {@link Condition#alarms}. */
  private static final String[] ALARMS = {
    "camera",
    "main_storage",
    "backup_storage",
    "infrared_light",
    "speaker",
    "battery",
    null,
    null,
    null,
    null,
    "radio",
    "positioning"
  };

  /**
   * How it is.
   *
   * @param state as in {@link #stateName}
   * @param alarms bits
   */
  public record Condition(int state, long alarms, Instant at) {
    /** normal, standby, upgrading, fault, not_connected, or state_ and a number. */
    public String stateName() {
      return switch (state) {
        case 1 -> "normal";
        case 2 -> "standby";
        case 3 -> "upgrading";
        case 4 -> "fault";
        case 0x10 -> "not_connected";
        default -> "state_" + state;
      };
    }

    /** Names of what is wrong; bit_ and a number of what has none. */
    public List<String> alarmNames() {
      List<String> names = new ArrayList<>();
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        if ((alarms >>> bit & 1) == 1) {
          String name = bit < ALARMS.length ? ALARMS[bit] : null;
          names.add(name == null ? "bit_" + bit : name);
        }
      }
      return names;
    }
  }

  /** What it is. */
  public record Description(
      String company,
      String product,
      String hardwareVersion,
      String softwareVersion,
      String serialNumber,
      String customerCode,
      Instant at) {}

  /** adas, dsm, tpms, bsd, or peripheral_ and a number. */
  public String name() {
    return switch (id) {
      case 0x64 -> "adas";
      case 0x65 -> "dsm";
      case 0x66 -> "tpms";
      case 0x67 -> "bsd";
      default -> "peripheral_" + id;
    };
  }
}
