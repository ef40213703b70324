package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt808.AlarmConfirmation;
import io.roadcast.jtt.jt808.AttributeAnswer;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.CallBack;
import io.roadcast.jtt.jt808.CanData;
import io.roadcast.jtt.jt808.Driver;
import io.roadcast.jtt.jt808.DriverCard;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.PlatformPackageRequest;
import io.roadcast.jtt.jt808.PlatformRsaKey;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.RegistrationAnswer;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.jtt.jt808.TerminalControl;
import io.roadcast.jtt.jt808.TerminalPackageRequest;
import io.roadcast.jtt.jt808.TerminalRsaKey;
import io.roadcast.jtt.jt808.TextMessage;
import io.roadcast.jtt.jt808.TimeAnswer;
import io.roadcast.jtt.jt808.UpgradePackage;
import io.roadcast.jtt.jt808.UpgradeResult;
import java.util.List;

/** The JSON form of messages about the terminal itself. */
final class GeneralJson {
  private GeneralJson() {}

  static void write(TerminalAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial())
        .id("reply_id", m.replyId())
        .number("result", m.result());
  }

  static void write(PlatformAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial())
        .id("reply_id", m.replyId())
        .number("result", m.result());
  }

  static void write(TimeAnswer m, JsonFields out) {
    out.utc("server_time_utc", m.utc());
  }

  static void write(UpgradeResult m, JsonFields out) {
    out.number("upgrade_type", m.target()).number("result", m.result());
  }

  static void write(CallBack m, JsonFields out) {
    out.number("flag", m.kind()).text("phone", m.phone());
  }

  static void write(TerminalRsaKey m, JsonFields out) {
    out.number("rsa_e", m.exponent()).hex("rsa_n_hex", m.modulus());
  }

  static void write(PlatformRsaKey m, JsonFields out) {
    out.number("rsa_e", m.exponent()).hex("rsa_n_hex", m.modulus());
  }

  static void write(AlarmConfirmation m, JsonFields out) {
    out.number("alarm_serial", m.alarmSerial()).number("alarm_type_bits", m.types());
  }

  static void write(Registration m, JsonFields out) {
    out.number("province_id", m.province()).number("city_id", m.city());
    out.text("manufacturer_id", m.manufacturer()).text("terminal_model", m.model());
    out.text("terminal_id", m.terminalId()).number("plate_color", m.plateColor());
    out.text("plate_number", m.plate());
  }

  static void write(RegistrationAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial()).number("result", m.result());
    out.textOrNull("auth_code", m.code());
  }

  static void write(Authentication m, JsonFields out) {
    out.text("auth_code", m.code());
    if (m.imei() != null) {
      out.text("imei", m.imei());
    }
    if (m.softwareVersion() != null) {
      out.text("software_version", m.softwareVersion());
    }
  }

  static void write(TerminalPackageRequest m, JsonFields out) {
    packages(m.firstSerial(), m.indexes(), out);
  }

  static void write(PlatformPackageRequest m, JsonFields out) {
    packages(m.firstSerial(), m.indexes(), out);
  }

  private static void packages(int firstSerial, List<Integer> indexes, JsonFields out) {
    out.number("original_serial", firstSerial).number("count", indexes.size());
    out.numbers("package_ids", indexes);
  }

  static void write(TerminalControl m, JsonFields out) {
    out.number("command", m.command()).textOrNull("argument", m.argument());
  }

  static void write(TextMessage m, ProtocolVersion layout, JsonFields out) {
    out.number("flags", m.flags());
    if (layout == ProtocolVersion.V2019) {
      out.number("text_type", m.type());
    }
    out.text("text", m.text());
  }

  static void write(AttributeAnswer m, JsonFields out) {
    out.number("terminal_type_bits", m.types()).text("manufacturer_id", m.manufacturer());
    out.text("terminal_model", m.model()).text("terminal_id", m.terminalId());
    out.hex("iccid", m.iccid()).text("hardware_version", m.hardwareVersion());
    out.text("firmware_version", m.firmwareVersion()).number("gnss_bits", m.satellites());
    out.number("comm_bits", m.communication());
    out.number("manufacturer_id_size", m.manufacturer().raw().length());
  }

  static void write(UpgradePackage m, JsonFields out) {
    out.number("upgrade_type", m.target()).text("manufacturer_id", m.manufacturer());
    out.text("version", m.version()).number("package_length", m.data().length());
    out.hex("package_hex", m.data());
  }

  static void write(DriverCard m, ProtocolVersion layout, JsonFields out) {
    if (layout != ProtocolVersion.V2011) {
      out.number("status", m.status()).time("time", m.time());
    }
    if (m.result() != null) {
      out.number("card_result", m.result());
    }
    if (m.driver() != null) {
      driver(m.driver(), out);
    }
  }

  private static void driver(Driver driver, JsonFields out) {
    out.text("driver_name", driver.name()).text("certificate_code", driver.certificate());
    out.text("issuer", driver.issuer());
    if (driver.expiry() != null) {
      out.hex("certificate_expiry_bcd", driver.expiry());
    }
    if (driver.idNumber() != null) {
      out.text("driver_id_number", driver.idNumber());
    }
  }

  static void write(CanData m, JsonFields out) {
    out.number("count", m.frames().size()).hex("receive_time_bcd", m.receivedAt());
    out.objects(
        "items",
        m.frames(),
        (frame, item) -> item.wideId("can_id", frame.canId()).hex("data_hex", frame.data()));
  }
}
