package io.roadcast.jtt.jt808;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter means by JT/T 808 (2019 table 12) and JT/T 1078 (section 5.3). Parameters of
 * other ids, and of other widths than the tables', are {@link Raw}.
 */
public sealed interface ParameterValue {
  /** A parameter that no table describes. */
  record Raw(Bytes value) implements ParameterValue {}

  /** A BYTE, WORD or DWORD. */
  record Numeric(long value) implements ParameterValue {}

  /** A string. */
  record Text(GbkText value) implements ParameterValue {}

  /** 0x0032, the hours in which driving is forbidden. */
  record ForbiddenHours(int fromHour, int fromMinute, int toHour, int toMinute)
      implements ParameterValue {}

  /**
   * 0x0075, sound and video of all channels.
   *
   * @param osd bits: 0 time, 1 plate, 2 channel, 3 place, 4 recorder's speed, 5 satellite speed, 6
   *     driving time
   * @param audio 1 if there is sound
   */
  record AudioVideo(StreamSettings live, StreamSettings stored, int osd, int audio)
      implements ParameterValue {}

  /** 0x0076, which channels there are. */
  record Channels(int audioVideo, int audio, int video, List<ChannelRow> rows)
      implements ParameterValue {}

  /**
   * A row of {@link Channels}.
   *
   * @param type 0 sound and video, 1 sound, 2 video
   * @param ptz 1 if it can be turned
   */
  record ChannelRow(int physical, int logical, int type, int ptz) {}

  /** 0x0077, video of single channels. */
  record ChannelVideo(List<ChannelVideoRow> rows) implements ParameterValue {}

  /** A row of {@link ChannelVideo}. */
  record ChannelVideoRow(int logical, StreamSettings live, StreamSettings stored, int osd) {}

  /**
   * How a stream is encoded.
   *
   * @param mode 0 constant rate, 1 variable rate, 2 average rate
   * @param resolution 0 QCIF, 1 CIF, 2 WCIF, 3 D1, 4 WD1, 5 720P, 6 1080P
   * @param keyframeInterval frames
   * @param bitrate kbit/s
   */
  record StreamSettings(
      int mode, int resolution, int keyframeInterval, int framesPerSecond, long bitrate) {}

  /** 0x0079, recording of special alarms: share of storage, and minutes. */
  record SpecialAlarmRecording(int storagePercent, int minutes, int minutesBefore)
      implements ParameterValue {}

  /** 0x007B, analysis of pictures. */
  record PictureAnalysis(int ratedPassengers, int fatigueThreshold) implements ParameterValue {}

  /** 0xF364-0xF367, safety peripherals, whose lengths differ between makers (T/JSATL 12). */
  record SafetySettings(Bytes value) implements ParameterValue {}

  /** Reads a parameter; never fails. */
  static ParameterValue of(Parameter parameter) {
    try {
      BodyReader in = new BodyReader(parameter.value());
      ParameterValue value = read((int) parameter.id(), in);
      return value != null && in.isAtEnd() ? value : new Raw(parameter.value());
    } catch (MalformedMessageException tooShort) {
      return new Raw(parameter.value());
    }
  }

  private static @Nullable ParameterValue read(int id, BodyReader in)
      throws MalformedMessageException {
    return switch (id) {
      case 0x0032 -> new ForbiddenHours(in.u8(), in.u8(), in.u8(), in.u8());
      case 0x0075 -> new AudioVideo(stream(in), stream(in), in.u16(), in.u8());
      case 0x0076 -> channels(in);
      case 0x0077 -> new ChannelVideo(in.list(in.u8(), ParameterValue::channelVideo));
      case 0x0079 -> new SpecialAlarmRecording(in.u8(), in.u8(), in.u8());
      case 0x007B -> new PictureAnalysis(in.u8(), in.u8());
      case 0xF364, 0xF365, 0xF366, 0xF367 -> new SafetySettings(in.rest());
      default ->
          switch (ParameterWidth.of(id)) {
            case BYTE -> new Numeric(in.u8());
            case WORD -> new Numeric(in.u16());
            case DWORD -> new Numeric(in.u32());
            case STRING -> new Text(in.restText());
            case UNKNOWN -> null;
          };
    };
  }

  private static StreamSettings stream(BodyReader in) throws MalformedMessageException {
    return new StreamSettings(in.u8(), in.u8(), in.u16(), in.u8(), in.u32());
  }

  private static Channels channels(BodyReader in) throws MalformedMessageException {
    int audioVideo = in.u8();
    int audio = in.u8();
    int video = in.u8();
    List<ChannelRow> rows = in.list(audioVideo + audio + video, ParameterValue::channel);
    // Some terminals send more rows, of zeros, than they count.
    in.rest();
    return new Channels(audioVideo, audio, video, rows);
  }

  private static ChannelRow channel(BodyReader in) throws MalformedMessageException {
    return new ChannelRow(in.u8(), in.u8(), in.u8(), in.u8());
  }

  private static ChannelVideoRow channelVideo(BodyReader in) throws MalformedMessageException {
    return new ChannelVideoRow(in.u8(), stream(in), stream(in), in.u16());
  }
}
