package io.roadcast.jtt.safety;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.EventType;
import io.roadcast.events.LevelReport;
import io.roadcast.events.Severity;
import io.roadcast.jtt.jt808.AlarmFlag;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationItemValue;
import io.roadcast.jtt.jt808.VideoAlarmFlag;
import io.roadcast.jtt.position.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events of bits that stay set while something is the matter. */
final class Conditions {
  static final String FLAGS = "jt808";
  static final String VIDEO = "jt1078";
  private static final String UNKNOWN = "unknown";
  private static final int BITS = 32;
  private static final int MAIN_STORAGES = 12;
  private static final int STORAGE_BITS = 16;

  private final ReportContext context;
  private final String source;
  private final List<EventReport> present = new ArrayList<>();

  private Conditions(ReportContext context, String source) {
    this.context = context;
    this.source = source;
  }

  /** The alarm flags of JT/T 808, and what Guangdong's terminals say of themselves. */
  static LevelReport flags(ReportContext context) {
    Conditions conditions = new Conditions(context, FLAGS);
    Position position = context.position();
    Set<AlarmFlag> flags = position.alarmFlags();
    long rest = position.alarms();
    for (AlarmFlag flag : flags) {
      rest &= ~flag.mask();
      conditions.add(flag.label(), severity(flag), flag.label(), null, conditions.more(flag));
    }
    conditions.unknownBits(EventKind.ALARM, rest);
    for (LocationItem item : context.located().report().items()) {
      conditions.installation(item);
    }
    return conditions.report();
  }

  /** The video alarms of JT/T 1078 (table 13). */
  static LevelReport video(ReportContext context) {
    Conditions conditions = new Conditions(context, VIDEO);
    long bits = 0;
    long lost = 0;
    long covered = 0;
    int storage = 0;
    LocationItemValue.AbnormalDriving driving = null;
    for (LocationItem item : context.located().report().items()) {
      switch (LocationItemValue.of(item)) {
        case LocationItemValue.VideoAlarms alarms -> bits |= alarms.bits();
        case LocationItemValue.VideoSignalLost channels -> lost |= channels.channels();
        case LocationItemValue.VideoCovered channels -> covered |= channels.channels();
        case LocationItemValue.StorageFault units -> storage |= units.bits();
        case LocationItemValue.AbnormalDriving behaviour -> driving = behaviour;
        default -> {
          // not about video
        }
      }
    }
    conditions.channels("signal_lost", lost, VideoAlarmFlag.VIDEO_SIGNAL_LOST, bits);
    conditions.channels("lens_covered", covered, VideoAlarmFlag.VIDEO_COVERED, bits);
    conditions.storages(storage, bits);
    conditions.driving(driving, bits);
    conditions.plain("equipment_fault", VideoAlarmFlag.VIDEO_EQUIPMENT_FAULT, bits);
    conditions.plain("passenger_overload", VideoAlarmFlag.PASSENGER_OVERLOAD, bits);
    conditions.plain("special_recording_full", VideoAlarmFlag.SPECIAL_RECORDING_FULL, bits);
    long known = 0;
    for (VideoAlarmFlag flag : VideoAlarmFlag.values()) {
      known |= flag.mask();
    }
    conditions.unknownBits(EventKind.VIDEO, bits & ~known);
    return conditions.report();
  }

  private LevelReport report() {
    Position position = context.position();
    return new LevelReport(position.terminal(), source, position.at(), position.backlog(), present);
  }

  private static Severity severity(AlarmFlag flag) {
    return switch (flag) {
      case EMERGENCY, COLLISION, ROLLOVER, STOLEN, DANGER_WARNING, ILLEGAL_MOVEMENT ->
          Severity.CRITICAL;
      case OVERSPEED,
          FATIGUE,
          DANGEROUS_DRIVING,
          POWER_LOST,
          TRAFFIC_VIOLATION,
          TYRE_PRESSURE,
          RIGHT_TURN_BLIND_AREA,
          DAILY_DRIVING_TIME,
          OFF_ROUTE,
          ILLEGAL_IGNITION,
          ILLEGAL_DOOR_OPENING,
          FUEL_ABNORMAL ->
          Severity.WARNING;
      case GNSS_FAULT,
          GNSS_ANTENNA_OPEN,
          GNSS_ANTENNA_SHORT,
          POWER_LOW,
          DISPLAY_FAULT,
          SPEECH_FAULT,
          CAMERA_FAULT,
          IC_CARD_FAULT,
          OVERSPEED_WARNING,
          FATIGUE_WARNING,
          PARKED_TOO_LONG,
          AREA,
          ROUTE,
          SECTION_TIME,
          SPEED_SENSOR_FAULT ->
          Severity.INFO;
    };
  }

  /** What other items of the report say of a flag. */
  private ObjectNode more(AlarmFlag flag) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    for (LocationItem item : context.located().report().items()) {
      switch (LocationItemValue.of(item)) {
        case LocationItemValue.Overspeed speed when flag == AlarmFlag.OVERSPEED -> {
          details.put("area_type", speed.areaType());
          if (speed.area() != null) {
            details.put("area", speed.area());
          }
        }
        case LocationItemValue.AreaCrossing crossing
            when flag == AlarmFlag.AREA || flag == AlarmFlag.ROUTE ->
            details
                .put("area_type", crossing.areaType())
                .put("area", crossing.area())
                .put("direction", crossing.direction() == 0 ? "in" : "out");
        case LocationItemValue.SectionTime section when flag == AlarmFlag.SECTION_TIME ->
            details
                .put("section", section.section())
                .put("seconds", section.seconds())
                .put("result", section.result() == 0 ? "too_short" : "too_long");
        case LocationItemValue.AlarmToConfirm confirm when flag.endsWhenAnswered() ->
            details.put("to_confirm", confirm.alarm());
        default -> {
          // about something else
        }
      }
    }
    return details;
  }

  private void add(
      String subtype,
      Severity severity,
      String fold,
      @Nullable Integer channel,
      ObjectNode details) {
    EventKind kind = source.equals(VIDEO) ? EventKind.VIDEO : EventKind.ALARM;
    Position position = context.position();
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    if (!details.isEmpty()) {
      whole.set(kind.label(), details);
    }
    present.add(
        new EventReport(
            Phase.BEGIN,
            fold + " " + (position.deviceTime() == null ? position.at() : position.deviceTime()),
            fold,
            new EventType(kind, subtype),
            severity,
            source,
            position.terminal(),
            context.owner(),
            channel,
            context.place(),
            position.deviceTime(),
            position.at(),
            position.receivedAt(),
            position.backlog(),
            null,
            whole.toString()));
  }

  private void unknownBits(EventKind kind, long bits) {
    for (int bit = 0; bit < BITS; bit++) {
      if ((bits >> bit & 1) != 0) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("bit", bit);
        add(UNKNOWN, Severity.INFO, kind.label() + " bit " + bit, null, details);
      }
    }
  }

  /** 0xF1 and 0xF2 of T/GDRTA 002: what the bits mean is known to who made the terminal. */
  private void installation(LocationItem item) {
    String subtype =
        switch (item.id()) {
          case 0xF1 -> "installation_abnormal";
          case 0xF2 -> "algorithm_abnormal";
          default -> "";
        };
    String hex = item.data().toHex();
    if (!subtype.isEmpty() && item.data().length() == 4 && !hex.equals("00000000")) {
      ObjectNode details = JsonNodeFactory.instance.objectNode().put("bits", hex);
      add(subtype, Severity.INFO, subtype, null, details);
    }
  }

  private void plain(String subtype, VideoAlarmFlag flag, long bits) {
    if ((bits & flag.mask()) != 0) {
      add(subtype, Severity.INFO, subtype, null, JsonNodeFactory.instance.objectNode());
    }
  }

  /** One event for each channel; without channels one for the flag alone. */
  private void channels(String subtype, long channels, VideoAlarmFlag flag, long bits) {
    if (channels == 0 && (bits & flag.mask()) != 0) {
      add(subtype, Severity.WARNING, subtype, null, JsonNodeFactory.instance.objectNode());
    }
    for (int bit = 0; bit < BITS; bit++) {
      if ((channels >> bit & 1) != 0) {
        int channel = bit + 1;
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("channel", channel);
        add(subtype, Severity.WARNING, subtype + " " + channel, channel, details);
      }
    }
  }

  private void storages(int storages, long bits) {
    if (storages == 0 && (bits & VideoAlarmFlag.STORAGE_FAULT.mask()) != 0) {
      add(
          "storage_fault",
          Severity.WARNING,
          "storage_fault",
          null,
          JsonNodeFactory.instance.objectNode());
    }
    for (int bit = 0; bit < STORAGE_BITS; bit++) {
      if ((storages >> bit & 1) != 0) {
        boolean main = bit < MAIN_STORAGES;
        int unit = main ? bit + 1 : bit - MAIN_STORAGES + 1;
        String name = main ? "main" : "backup";
        ObjectNode details =
            JsonNodeFactory.instance.objectNode().put("storage", name).put("unit", unit);
        add("storage_fault", Severity.WARNING, "storage_fault " + name + " " + unit, null, details);
      }
    }
  }

  private void driving(LocationItemValue.@Nullable AbnormalDriving driving, long bits) {
    int behaviour = driving == null ? 0 : driving.bits();
    if (behaviour == 0 && (bits & VideoAlarmFlag.ABNORMAL_DRIVING.mask()) != 0) {
      add(
          "abnormal_driving",
          Severity.WARNING,
          "abnormal_driving",
          null,
          JsonNodeFactory.instance.objectNode());
    }
    for (int bit = 0; bit < STORAGE_BITS; bit++) {
      if ((behaviour >> bit & 1) != 0) {
        String subtype =
            switch (bit) {
              case 0 -> "fatigue";
              case 1 -> "phone";
              case 2 -> "smoking";
              default -> "abnormal_driving";
            };
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("bit", bit);
        if (bit == 0 && driving != null && driving.fatigue() != null) {
          details.put("fatigue", driving.fatigue());
        }
        add(subtype, Severity.WARNING, "driving " + bit, null, details);
      }
    }
  }
}
