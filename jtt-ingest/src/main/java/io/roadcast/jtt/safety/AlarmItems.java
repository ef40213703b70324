package io.roadcast.jtt.safety;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roadcast.events.EventFiles;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventPlace;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.Severity;
import io.roadcast.jtt.jsatl12.AlarmPlace;
import io.roadcast.jtt.jsatl12.SafetyAlarm;
import io.roadcast.jtt.jsatl12.Wheel;
import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.jtt.jt808.StatusFlag;
import io.roadcast.jtt.safety.ReportContext.Moment;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of the alarm items 0x64 to 0x67 and 0x70. */
final class AlarmItems {
  static final String SOURCE = "jsatl12";

  /** Channels that usually show it: those of the aliases 0x64 and 0x65 in T/GDRTA 002. */
  private static final int ROAD_CHANNEL = 1;

  private static final int DRIVER_CHANNEL = 2;
  private static final double MICROS = 1e6;
  private static final int WHEEL_BITS = 16;

  private final ReportContext context;
  private final LocationItem item;

  private AlarmItems(ReportContext context, LocationItem item) {
    this.context = context;
    this.item = item;
  }

  /** Nothing if the item is about something else. */
  static List<EventReport> of(ReportContext context, LocationItem item) {
    EventKind kind = kind(item.id());
    return kind == null ? List.of() : new AlarmItems(context, item).read(kind);
  }

  private static @Nullable EventKind kind(int id) {
    return switch (id) {
      case 0x64 -> EventKind.ADAS;
      case 0x65 -> EventKind.DSM;
      case 0x66 -> EventKind.TPMS;
      case 0x67 -> EventKind.BSD;
      case 0x70 -> EventKind.DRIVING;
      default -> null;
    };
  }

  private List<EventReport> read(EventKind kind) {
    return switch (SafetyAlarm.of(item).orElse(null)) {
      case SafetyAlarm.Adas adas -> List.of(adas(adas));
      case SafetyAlarm.Dsm dsm -> List.of(dsm(dsm));
      case SafetyAlarm.Bsd bsd -> {
        ObjectNode details = details(bsd, "bsd", bsd.type());
        yield List.of(report(bsd, AlarmName.bsd(bsd.type()), 0, null, details));
      }
      case SafetyAlarm.AggressiveDriving driving -> List.of(driving(driving));
      case SafetyAlarm.Tpms tyres -> tyres(tyres);
      case null -> List.of(unreadable(kind));
    };
  }

  private EventReport adas(SafetyAlarm.Adas adas) {
    ObjectNode details = details(adas, "adas", adas.type());
    ObjectNode fields = (ObjectNode) details.path("adas");
    fields.put("level", adas.level());
    int type = adas.type();
    if (type == 0x01 || type == 0x02) {
      fields.put("speed_ahead_kmh", adas.speedAhead());
    }
    if (type == 0x01 || type == 0x02 || type == 0x04) {
      fields.put("time_ahead_s", adas.timeAhead() / 10.0);
    }
    if (type == 0x02) {
      fields.put("side", adas.side() == 1 ? "left" : adas.side() == 2 ? "right" : "unknown");
    }
    if (type == 0x06 || type == 0x10) {
      fields.put("sign", sign(adas.signType()));
      fields.put("sign_value", adas.signValue());
    }
    AlarmName name = AlarmName.adas(variant(adas), type);
    return report(adas, name, adas.level(), ROAD_CHANNEL, details);
  }

  private static String sign(int type) {
    return switch (type) {
      case 1 -> "speed_limit";
      case 2 -> "height_limit";
      case 3 -> "weight_limit";
      case 4 -> "no_entry";
      case 5 -> "no_parking";
      default -> "unknown";
    };
  }

  private EventReport dsm(SafetyAlarm.Dsm dsm) {
    ObjectNode details = details(dsm, "dsm", dsm.type());
    ObjectNode fields = (ObjectNode) details.path("dsm");
    fields.put("level", dsm.level());
    if (dsm.type() == 0x01) {
      fields.put("fatigue", dsm.fatigue());
    }
    AlarmName name = AlarmName.dsm(variant(dsm), dsm.type());
    return report(dsm, name, dsm.level(), DRIVER_CHANNEL, details);
  }

  /** Types 1 to 3 have thresholds of acceleration, the others of speed and engine. */
  private EventReport driving(SafetyAlarm.AggressiveDriving driving) {
    ObjectNode details = details(driving, "driving", driving.type());
    ObjectNode fields = (ObjectNode) details.path("driving");
    fields.put("time_threshold", driving.timeThreshold());
    if (driving.type() <= 3) {
      fields.put("threshold_g", driving.first() / 100.0);
    } else {
      fields.put("threshold_kmh", driving.first());
      fields.put("threshold_rpm", driving.second());
    }
    return report(driving, AlarmName.driving(driving.type()), 0, null, details);
  }

  /** An event for each bit of each wheel; a periodic report is none. */
  private List<EventReport> tyres(SafetyAlarm.Tpms alarm) {
    List<EventReport> reports = new ArrayList<>();
    for (Wheel wheel : alarm.wheels()) {
      for (int bit = 1; bit < WHEEL_BITS; bit++) {
        if ((wheel.alarms() >> bit & 1) != 0) {
          ObjectNode details = details(alarm, "tpms", bit);
          ObjectNode fields = (ObjectNode) details.path("tpms");
          fields.put("wheel", wheel.position());
          fields.put("pressure_kpa", wheel.pressure());
          fields.put("temperature_c", wheel.temperature());
          fields.put("battery_percent", wheel.battery());
          String part = "wheel " + wheel.position() + " bit " + bit;
          reports.add(report(alarm, AlarmName.tyre(bit), 0, null, details, part));
        }
      }
    }
    return reports;
  }

  private static SafetyVariant variant(SafetyAlarm alarm) {
    return alarm.place().identifier().variant();
  }

  private ObjectNode details(SafetyAlarm alarm, String kind, int code) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    ObjectNode fields = whole.putObject(kind);
    fields.put("alarm_id", alarm.head().id());
    fields.put("code", code);
    fields.put("variant", variant(alarm).label());
    fields.put("speed_kmh", alarm.place().speed());
    int status = alarm.place().vehicleStatus();
    ObjectNode vehicle = fields.putObject("vehicle");
    vehicle.put("acc", (status & 1) != 0);
    vehicle.put("left_turn", (status & 1 << 1) != 0);
    vehicle.put("right_turn", (status & 1 << 2) != 0);
    vehicle.put("wiper", (status & 1 << 3) != 0);
    vehicle.put("brake", (status & 1 << 4) != 0);
    vehicle.put("card_inserted", (status & 1 << 5) != 0);
    vehicle.put("positioned", (status & 1 << 10) != 0);
    return whole;
  }

  private EventReport report(
      SafetyAlarm alarm, AlarmName name, int level, @Nullable Integer channel, ObjectNode details) {
    return report(alarm, name, level, channel, details, "");
  }

  private EventReport report(
      SafetyAlarm alarm,
      AlarmName name,
      int level,
      @Nullable Integer channel,
      ObjectNode details,
      String part) {
    String subtype = name.type().subtype();
    if (subtype.equals("unknown") || subtype.equals("custom")) {
      details.put("raw", item.data().toHex());
    }
    AlarmPlace place = alarm.place();
    Moment moment = context.moment(place.time());
    int code = details.path(name.type().kind().label()).path("code").asInt();
    return new EventReport(
        phase(alarm.head().state()),
        identity(alarm) + " " + code + " " + part,
        name.type().label() + " " + code + " " + part,
        name.type(),
        severity(name, level),
        SOURCE,
        context.position().terminal(),
        context.owner(),
        channel,
        where(place),
        place.time().local().orElse(null),
        moment.at(),
        context.position().receivedAt(),
        moment.backlog(),
        files(place.identifier()),
        details.toString());
  }

  private static Phase phase(int state) {
    return switch (state) {
      case 1 -> Phase.BEGIN;
      case 2 -> Phase.END;
      default -> Phase.POINT;
    };
  }

  /** A level says more than the type, except for what is no alarm. */
  private static Severity severity(AlarmName name, int level) {
    boolean alarm = name.severity() != Severity.INFO;
    return !alarm || level < 1
        ? name.severity()
        : level == 1 ? Severity.WARNING : Severity.CRITICAL;
  }

  /** Terminals that leave the identifier empty are told apart by what they send. */
  private String identity(SafetyAlarm alarm) {
    AlarmIdentifier identifier = alarm.place().identifier();
    return blank(identifier)
        ? alarm.place().time().toHex() + " " + item.data().toHex()
        : identifier.raw().toHex() + " " + alarm.head().id() + " " + item.id();
  }

  private static boolean blank(AlarmIdentifier identifier) {
    for (int i = 0; i < identifier.raw().length(); i++) {
      if (identifier.raw().at(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable EventFiles files(AlarmIdentifier identifier) {
    return identifier.attachments() == 0
        ? null
        : new EventFiles(identifier.raw().toHex(), identifier.attachments());
  }

  /** The alarm's own place, with the hemisphere and direction of the report around it. */
  private @Nullable EventPlace where(AlarmPlace place) {
    long status = context.location().status();
    double latitude = place.latitudeMicros() / MICROS;
    double longitude = place.longitudeMicros() / MICROS;
    boolean positioned = place.latitudeMicros() != 0 || place.longitudeMicros() != 0;
    if (!positioned || !ReportContext.plausible(latitude, longitude)) {
      return context.place();
    }
    return new EventPlace(
        StatusFlag.SOUTH.in(status) ? -latitude : latitude,
        StatusFlag.WEST.in(status) ? -longitude : longitude,
        place.altitude(),
        (double) place.speed(),
        context.position().direction());
  }

  /** Kept as it is. */
  private EventReport unreadable(EventKind kind) {
    LocalDateTime deviceTime = context.position().deviceTime();
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("item", item.id()).put("raw", item.data().toHex());
    AlarmName name = AlarmName.unknown(kind);
    return new EventReport(
        Phase.POINT,
        deviceTime + " " + item.id() + " " + item.data().toHex(),
        name.type().label(),
        name.type(),
        name.severity(),
        SOURCE,
        context.position().terminal(),
        context.owner(),
        null,
        context.place(),
        deviceTime,
        context.position().at(),
        context.position().receivedAt(),
        context.position().backlog(),
        null,
        details.toString());
  }
}
