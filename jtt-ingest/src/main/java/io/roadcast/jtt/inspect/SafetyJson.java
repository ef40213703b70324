package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.AttachmentFile;
import io.roadcast.jtt.jt808.AttachmentFileAnswer;
import io.roadcast.jtt.jt808.AttachmentFileSent;
import io.roadcast.jtt.jt808.AttachmentList;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.TransparentDown;
import io.roadcast.jtt.jt808.TransparentUp;
import io.roadcast.jtt.jt808.UpgradeProgress;
import java.util.List;
import java.util.function.Consumer;

/** The JSON form of messages and items of T/JSATL 12. */
final class SafetyJson {
  private SafetyJson() {}

  static void write(AttachmentFile m, JsonFields out) {
    out.text("file_name", m.name()).number("file_type", m.type()).number("file_size", m.size());
  }

  static void write(AttachmentFileSent m, JsonFields out) {
    out.text("file_name", m.name()).number("file_type", m.type()).number("file_size", m.size());
  }

  static void write(UpgradeProgress m, JsonFields out) {
    out.number("upgrade_serial", m.upgradeSerial())
        .number("upgrade_type", m.target())
        .number("status", m.state())
        .number("progress", m.percent())
        .number("error_code", m.error());
  }

  static void write(AttachmentUpload m, JsonFields out) {
    out.text("server_address", m.address()).number("tcp_port", m.tcpPort());
    out.number("udp_port", m.udpPort()).object("alarm_identifier", identifier(m.alarm()));
    out.text("alarm_number", m.alarmNumber()).hex("reserved_hex", m.reserved());
    out.string("variant", m.alarm().variant().label());
  }

  static void write(AttachmentList m, JsonFields out) {
    out.text("terminal_id", m.terminalId()).object("alarm_identifier", identifier(m.alarm()));
    out.text("alarm_number", m.alarmNumber()).number("info_type", m.kind());
    out.number("count", m.files().size());
    out.objects(
        "files",
        m.files(),
        (file, item) -> item.text("file_name", file.name()).number("file_size", file.size()));
    out.string("variant", m.alarm().variant().label());
  }

  static void write(AttachmentFileAnswer m, JsonFields out) {
    out.text("file_name", m.name()).number("file_type", m.type()).number("result", m.result());
    out.number("count", m.missing().size());
    out.objects(
        "missing",
        m.missing(),
        (range, item) -> item.number("offset", range.offset()).number("length", range.length()));
  }

  static void write(TransparentUp m, JsonFields out) {
    out.byteId("passthrough_type", m.type());
    switch (PeripheralReport.of(m).orElse(null)) {
      case PeripheralReport.Statuses statuses -> {
        out.number("count", statuses.peripherals().size());
        out.objects("peripherals", statuses.peripherals(), SafetyJson::status);
      }
      case PeripheralReport.Descriptions descriptions -> {
        out.number("count", descriptions.peripherals().size());
        out.objects("peripherals", descriptions.peripherals(), SafetyJson::description);
      }
      case null -> out.hex("data_hex", m.content());
    }
  }

  static void write(TransparentDown m, JsonFields out) {
    out.byteId("passthrough_type", m.type());
    List<Integer> asked = PeripheralReport.asked(m).orElse(null);
    if (asked == null) {
      out.hex("data_hex", m.content());
    } else {
      out.number("count", asked.size()).byteIds("peripheral_ids", asked);
    }
  }

  private static void status(PeripheralReport.Status status, JsonFields out) {
    out.byteId("peripheral_id", status.id()).number("length", status.length());
    out.number("work_state", status.state()).number("alarm_bits", status.alarms());
  }

  private static void description(PeripheralReport.Description of, JsonFields out) {
    out.byteId("peripheral_id", of.id()).number("length", of.length());
    out.text("company_name", of.company()).text("product_model", of.product());
    out.text("hardware_version", of.hardwareVersion());
    out.text("firmware_version", of.softwareVersion());
    out.text("device_id", of.deviceId()).text("customer_code", of.customerCode());
  }

  static Consumer<JsonFields> identifier(AlarmIdentifier identifier) {
    return out -> {
      out.text("terminal_id", identifier.terminalId()).time("time", identifier.time());
      out.number("sequence", identifier.sequence());
      out.number("attachment_count", identifier.attachments());
      out.hex("reserved", identifier.reserved());
    };
  }
}
