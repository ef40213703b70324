package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.FtpUpload;
import io.roadcast.jtt.jt808.FtpUploadControl;
import io.roadcast.jtt.jt808.FtpUploadResult;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.jtt.jt808.LiveStatus;
import io.roadcast.jtt.jt808.PassengerFlow;
import io.roadcast.jtt.jt808.PlaybackControl;
import io.roadcast.jtt.jt808.PlaybackRequest;
import io.roadcast.jtt.jt808.Resource;
import io.roadcast.jtt.jt808.ResourceList;
import io.roadcast.jtt.jt808.ResourceQuery;

/** The JSON form of messages of JT/T 1078. */
final class VideoJson {
  private VideoJson() {}

  static void write(AudioVideoAttributes m, JsonFields out) {
    out.number("audio_codec", m.audioCodec())
        .number("audio_channels", m.audioChannels())
        .number("audio_sample_rate", m.sampleRate())
        .number("audio_bit_depth", m.sampleBits())
        .number("audio_frame_length", m.audioFrameBytes())
        .number("audio_output_supported", m.audioOutput())
        .number("video_codec", m.videoCodec())
        .number("max_audio_channels", m.maxAudioChannels())
        .number("max_video_channels", m.maxVideoChannels());
  }

  static void write(PassengerFlow m, JsonFields out) {
    out.time("start", m.from())
        .time("end", m.to())
        .number("boarded", m.boarded())
        .number("alighted", m.alighted());
  }

  static void write(FtpUploadResult m, JsonFields out) {
    out.number("reply_serial", m.replySerial()).number("result", m.result());
  }

  static void write(LiveRequest m, JsonFields out) {
    out.text("server_address", m.address())
        .number("tcp_port", m.tcpPort())
        .number("udp_port", m.udpPort())
        .number("channel", m.channel())
        .number("data_type", m.data())
        .number("stream_type", m.stream());
  }

  static void write(LiveControl m, JsonFields out) {
    out.number("channel", m.channel())
        .number("command", m.command())
        .number("close_media_type", m.closes())
        .number("switch_stream_type", m.stream());
  }

  static void write(LiveStatus m, JsonFields out) {
    out.number("channel", m.channel()).number("packet_loss_percent", m.lossPercent());
  }

  static void write(PlaybackRequest m, JsonFields out) {
    out.text("server_address", m.address())
        .number("tcp_port", m.tcpPort())
        .number("udp_port", m.udpPort())
        .number("channel", m.channel())
        .number("media_type", m.media())
        .number("stream_type", m.stream())
        .number("storage_type", m.storage())
        .number("playback_mode", m.mode())
        .number("playback_speed", m.speed())
        .time("start", m.from())
        .time("end", m.to());
  }

  static void write(PlaybackControl m, JsonFields out) {
    out.number("channel", m.channel())
        .number("command", m.command())
        .number("playback_speed", m.speed())
        .time("seek_time", m.seek());
  }

  static void write(ResourceQuery m, JsonFields out) {
    out.number("channel", m.channel())
        .time("start", m.from())
        .time("end", m.to())
        .alarmMask("alarm_bits_64", m.alarms())
        .number("media_type", m.media())
        .number("stream_type", m.stream())
        .number("storage_type", m.storage());
  }

  static void write(FtpUpload m, JsonFields out) {
    out.text("server_address", m.address())
        .number("ftp_port", m.port())
        .text("user_name", m.user())
        .text("password", m.password())
        .text("upload_path", m.path())
        .number("channel", m.channel())
        .time("start", m.from())
        .time("end", m.to())
        .alarmMask("alarm_bits_64", m.alarms())
        .number("media_type", m.media())
        .number("stream_type", m.stream())
        .number("storage_type", m.storage())
        .number("task_condition_bits", m.conditions());
  }

  static void write(FtpUploadControl m, JsonFields out) {
    out.number("reply_serial", m.replySerial()).number("control", m.command());
  }

  static void write(ResourceList m, JsonFields out) {
    out.number("reply_serial", m.replySerial()).number("total", m.total());
    out.objects("items", m.resources(), VideoJson::resource);
  }

  private static void resource(Resource resource, JsonFields out) {
    out.number("channel", resource.channel()).time("start", resource.from());
    out.time("end", resource.to()).alarmMask("alarm_bits_64", resource.alarms());
    out.number("media_type", resource.media()).number("stream_type", resource.stream());
    out.number("storage_type", resource.storage()).number("file_size", resource.size());
  }
}
