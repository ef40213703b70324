package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.CompressedUp;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.jt808.MediaPart;
import io.roadcast.jtt.jt808.MediaSearch;
import io.roadcast.jtt.jt808.MediaSearchAnswer;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import io.roadcast.jtt.jt808.SingleMediaUpload;
import io.roadcast.jtt.jt808.SoundRecording;
import io.roadcast.jtt.jt808.StoredMedia;
import io.roadcast.jtt.jt808.StoredMediaUpload;
import java.util.List;

/** The JSON form of pictures, sound and video that terminals keep. */
final class MediaJson {
  private MediaJson() {}

  static void write(MediaEvent m, JsonFields out) {
    out.number("media_id", m.mediaId())
        .number("media_type", m.type())
        .number("media_format", m.format())
        .number("event_code", m.event())
        .number("channel_id", m.channel());
  }

  static void write(CameraShot m, JsonFields out) {
    out.number("channel_id", m.channel())
        .number("command", m.command())
        .number("interval_s", m.intervalSeconds())
        .number("save_flag", m.save())
        .number("resolution", m.resolution())
        .number("quality", m.quality())
        .number("brightness", m.brightness())
        .number("contrast", m.contrast())
        .number("saturation", m.saturation())
        .number("chroma", m.chroma());
  }

  static void write(MediaSearch m, JsonFields out) {
    out.number("media_type", m.type())
        .number("channel_id", m.channel())
        .number("event_code", m.event())
        .time("start", m.from())
        .time("end", m.to());
  }

  static void write(StoredMediaUpload m, JsonFields out) {
    out.number("media_type", m.type())
        .number("channel_id", m.channel())
        .number("event_code", m.event())
        .time("start", m.from())
        .time("end", m.to())
        .number("delete_flag", m.delete());
  }

  static void write(SoundRecording m, JsonFields out) {
    out.number("command", m.command())
        .number("duration_s", m.durationSeconds())
        .number("save_flag", m.save())
        .number("sample_rate", m.sampleRate());
  }

  static void write(SingleMediaUpload m, JsonFields out) {
    out.number("media_id", m.mediaId()).number("delete_flag", m.delete());
  }

  static void write(MediaUpload m, JsonFields out) {
    out.number("media_id", m.mediaId()).number("media_type", m.type());
    out.number("media_format", m.format()).number("event_code", m.event());
    out.number("channel_id", m.channel());
    Location location = m.location();
    if (location != null) {
      out.object("location", each -> LocationJson.place(location, each));
    }
    MediaPart part = m.part();
    if (part != null) {
      out.number("package_total", part.total()).number("package_index", part.index());
    }
    out.number("data_length", m.data().length()).shortenedHex("data_hex", m.data());
  }

  static void write(MediaUploadAnswer m, JsonFields out) {
    if (m.replySerial() != null) {
      out.number("reply_serial", m.replySerial());
    }
    List<Integer> missing = m.missing() == null ? List.of() : m.missing();
    out.number("media_id", m.mediaId()).number("count", missing.size());
    out.numbers("package_ids", missing);
  }

  static void write(CameraShotAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial()).number("result", m.result());
    out.numbers("media_ids", m.mediaIds() == null ? List.of() : m.mediaIds());
  }

  static void write(MediaSearchAnswer m, JsonFields out) {
    out.number("reply_serial", m.replySerial()).number("count", m.media().size());
    out.objects("items", m.media(), MediaJson::stored);
  }

  private static void stored(StoredMedia media, JsonFields out) {
    if (media.mediaId() != null) {
      out.number("media_id", media.mediaId());
    }
    out.number("media_type", media.type()).number("channel_id", media.channel());
    out.number("event_code", media.event());
    out.object("location", each -> LocationJson.place(media.location(), each));
  }

  static void write(CompressedUp m, JsonFields out) {
    out.number("length", m.data().length()).hex("data_hex", m.data());
  }
}
