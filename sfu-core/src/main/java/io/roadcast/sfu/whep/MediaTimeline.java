package io.roadcast.sfu.whep;

import io.roadcast.media.rtp.NtpTime;
import java.util.OptionalLong;

/**
 * One timeline for both tracks of a stream, in microseconds: pictures count from when the first one
 * came, sound goes where the sender reports say that it belongs. Used by one thread.
 */
final class MediaTimeline {
  /** A sender that reports nothing for this long is taken to have both tracks in step. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Track video;
  private final Track audio;

  /** The clock of one track. */
  private static final class Track {
    private final int clockRate;
    private boolean started;
    private int lastTimestamp;
    private long ticks;
    private long startNanos;
    private boolean reported;
    private long wallClockMinusTrackMicros;

    Track(int clockRate) {
      this.clockRate = clockRate;
    }

    /** Microseconds since the track's first packet. */
    long micros(int timestamp, long nowNanos) {
      if (!started) {
        started = true;
        lastTimestamp = timestamp;
        startNanos = nowNanos;
      }
      ticks += timestamp - lastTimestamp;
      lastTimestamp = timestamp;
      return microsOf(ticks);
    }

    void reported(long ntpTime, int timestamp) {
      if (started) {
        reported = true;
        long here = microsOf(ticks + (timestamp - lastTimestamp));
        wallClockMinusTrackMicros = NtpTime.toEpochMicros(ntpTime) - here;
      }
    }

    private long microsOf(long count) {
      return Math.floorDiv(count * 1_000_000, clockRate);
    }
  }

  MediaTimeline(int videoClockRate, int audioClockRate) {
    video = new Track(videoClockRate);
    audio = new Track(audioClockRate);
  }

  long ofVideo(int timestamp, long nowNanos) {
    return video.micros(timestamp, nowNanos) + video.startNanos / 1000;
  }

  /** Empty until it is known where the sound belongs. */
  OptionalLong ofAudio(int timestamp, long nowNanos) {
    long micros = audio.micros(timestamp, nowNanos);
    if (video.reported && audio.reported) {
      return OptionalLong.of(
          micros
              + audio.wallClockMinusTrackMicros
              - video.wallClockMinusTrackMicros
              + video.startNanos / 1000);
    }
    return nowNanos - audio.startNanos < PATIENCE_NANOS
        ? OptionalLong.empty()
        : OptionalLong.of(micros + audio.startNanos / 1000);
  }

  void videoReported(long ntpTime, int timestamp) {
    video.reported(ntpTime, timestamp);
  }

  void audioReported(long ntpTime, int timestamp) {
    audio.reported(ntpTime, timestamp);
  }
}
