package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt808.Parameter;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterSelection;
import io.roadcast.jtt.jt808.ParameterValue;
import io.roadcast.jtt.jt808.ParameterWrite;

/** The JSON form of parameters. */
final class ParameterJson {
  private ParameterJson() {}

  static void write(ParameterAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial()).number("count", m.count());
    out.objects("params", m.parameters(), ParameterJson::parameter);
  }

  static void write(ParameterWrite m, JsonFields out) {
    out.number("count", m.parameters().size());
    out.objects("params", m.parameters(), ParameterJson::parameter);
  }

  static void write(ParameterSelection m, JsonFields out) {
    out.number("count", m.ids().size());
    out.strings("param_ids", m.ids().stream().map("0x%04X"::formatted).toList());
  }

  private static void parameter(Parameter parameter, JsonFields out) {
    out.string("id", "0x%04X".formatted(parameter.id()));
    out.number("length", parameter.value().length());
    switch (ParameterValue.of(parameter)) {
      case ParameterValue.Numeric v -> out.number("value", v.value());
      case ParameterValue.Text v -> out.text("value", v.value());
      case ParameterValue.Raw v -> out.object("value", value -> value.hex("raw_hex", v.value()));
      case ParameterValue.SafetySettings v ->
          out.object(
              "value",
              value -> value.hex("raw_hex", v.value()).number("length", v.value().length()));
      case ParameterValue.ForbiddenHours v ->
          out.object(
              "value",
              value ->
                  value
                      .string("start", "%02d:%02d".formatted(v.fromHour(), v.fromMinute()))
                      .string("end", "%02d:%02d".formatted(v.toHour(), v.toMinute())));
      case ParameterValue.AudioVideo v -> out.object("value", value -> audioVideo(v, value));
      case ParameterValue.Channels v -> out.object("value", value -> channels(v, value));
      case ParameterValue.ChannelVideo v ->
          out.object(
              "value", value -> value.objects("channels", v.rows(), ParameterJson::channelVideo));
      case ParameterValue.SpecialAlarmRecording v ->
          out.object(
              "value",
              value ->
                  value
                      .number("special_alarm_storage_percent", v.storagePercent())
                      .number("duration_min", v.minutes())
                      .number("pre_mark_min", v.minutesBefore()));
      case ParameterValue.PictureAnalysis v ->
          out.object(
              "value",
              value ->
                  value
                      .number("rated_passengers", v.ratedPassengers())
                      .number("fatigue_threshold", v.fatigueThreshold()));
    }
  }

  private static void audioVideo(ParameterValue.AudioVideo value, JsonFields out) {
    stream("live_", value.live(), out);
    stream("save_", value.stored(), out);
    out.number("osd_bits", value.osd()).number("audio_enabled", value.audio());
  }

  private static void channels(ParameterValue.Channels value, JsonFields out) {
    out.number("audio_video_channels", value.audioVideo());
    out.number("audio_channels", value.audio()).number("video_channels", value.video());
    out.objects(
        "channels",
        value.rows(),
        (row, each) ->
            each.number("physical_channel", row.physical())
                .number("logical_channel", row.logical())
                .number("channel_type", row.type())
                .number("ptz_connected", row.ptz()));
  }

  private static void channelVideo(ParameterValue.ChannelVideoRow row, JsonFields out) {
    out.number("logical_channel", row.logical());
    stream("live_", row.live(), out);
    stream("save_", row.stored(), out);
    out.number("osd_bits", row.osd());
  }

  private static void stream(
      String prefix, ParameterValue.StreamSettings settings, JsonFields out) {
    out.number(prefix + "mode", settings.mode());
    out.number(prefix + "resolution", settings.resolution());
    out.number(prefix + "keyframe_interval", settings.keyframeInterval());
    out.number(prefix + "fps", settings.framesPerSecond());
    out.number(prefix + "bitrate_kbps", settings.bitrate());
  }
}
