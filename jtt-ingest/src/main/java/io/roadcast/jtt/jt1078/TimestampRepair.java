package io.roadcast.jtt.jt1078;

import java.util.concurrent.TimeUnit;

/**
 * Turns a terminal's timestamps into one timeline for the sound and the pictures of a channel.
 * Terminals count milliseconds from any origin and follow a wall clock that is set now and then, so
 * only differences are used (signed 64-bit): where one is believable, time follows the terminal;
 * where the clock jumped or stands still, time goes on as the frames arrive. Both tracks share the
 * anchor from device to output time, so that sound and picture stay together over a jump.
 *
 * <p>Output is in microseconds, begins at the first frame's arrival time, and strictly increases
 * for pictures; sound may repeat a time but never runs back. Used by one thread.
 */
public final class TimestampRepair {
  private static final long MAX_STEP_MILLIS = 10_000;

  /** A step of less is believed however fast the frames come in. */
  private static final long UNSUSPICIOUS_STEP_MILLIS = 2_000;

  /** Recordings may be sent this many times faster than they were made. */
  private static final long MAX_SPEED = 32;

  /** Reordered pictures and late sound are stamped this much back without the clock being set. */
  private static final long MAX_LAG_MILLIS = 500;

  private static final int MAX_LATE_PICTURES = 4;
  private static final long STILL_SOUND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int STILL_SOUND_FRAMES = 50;

  /** Stamps of both tracks that are this close were made by the same setting of the clock. */
  private static final long SAME_CLOCK_MILLIS = 200;

  private static final long MAX_ADOPTED_STEP_MICROS = 1_500_000;
  private static final long MIN_PICTURE_STEP_MICROS = 1_000;

  private final Track video = new Track();
  private final Track audio = new Track();
  private Anchor newest = new Anchor(0, 0);
  private boolean anchored;
  private long repairs;

  /** A device time and the output time that it stands for. */
  private record Anchor(long deviceMillis, long outMicros) {
    long map(long millis) {
      return outMicros + (millis - deviceMillis) * 1000;
    }
  }

  private final class Track {
    private boolean started;
    private Anchor anchor = new Anchor(0, 0);
    private long lastDevice;
    private long lastOut;

    /** Output time and arrival of the last frame whose stamp was followed. */
    private long goodOut;

    private long goodArrival;
    private int stillFrames;

    void start(long device, long out, long arrival, Anchor shared) {
      started = true;
      anchor = shared;
      lastDevice = device;
      follow(out, arrival);
    }

    long follow(long out, long arrival) {
      lastOut = out;
      goodOut = out;
      goodArrival = arrival;
      stillFrames = 0;
      return out;
    }

    /** The time at which a frame is due that arrives now. */
    long due(long arrival) {
      return goodOut + Math.max(0, arrival - goodArrival) / 1000;
    }

    /** Goes on by arrival for one frame; the anchor stays. */
    long byArrival(long arrival, long minStep) {
      if (stillFrames == 0) {
        repairs++;
      }
      stillFrames++;
      lastOut = Math.max(lastOut + minStep, due(arrival));
      return lastOut;
    }

    long reanchor(long device, long arrival, long minStep) {
      repairs++;
      long out = Math.max(lastOut + minStep, due(arrival));
      anchor = new Anchor(device, out);
      newest = anchor;
      lastDevice = device;
      return follow(out, arrival);
    }

    boolean believable(long step, long arrival) {
      if (step > MAX_STEP_MILLIS || step < -MAX_LAG_MILLIS) {
        return false;
      }
      long elapsed = TimeUnit.NANOSECONDS.toMillis(Math.max(0, arrival - goodArrival));
      return step <= UNSUSPICIOUS_STEP_MILLIS || step <= elapsed * MAX_SPEED;
    }

    /** Whether the other track's newer anchor is the right one for this stamp. */
    boolean shouldAdopt(long device, long arrival, boolean believable, Track other) {
      if (anchor == newest) {
        return false;
      }
      long out = newest.map(device);
      boolean continues =
          out >= lastOut - MAX_LAG_MILLIS * 1000
              && out <= Math.max(lastOut, due(arrival)) + MAX_ADOPTED_STEP_MICROS;
      boolean sameClock = near(device, other.lastDevice);
      return continues && (sameClock || !believable);
    }
  }

  private static boolean near(long oneMillis, long otherMillis) {
    long difference = oneMillis - otherMillis;
    return difference <= SAME_CLOCK_MILLIS && difference >= -SAME_CLOCK_MILLIS;
  }

  /**
   * The time of a picture.
   *
   * @param deviceMillis its stamp
   * @param arrivalNanos {@link System#nanoTime()} when it was complete
   * @return microseconds, more than for any picture before
   */
  public long videoMicros(long deviceMillis, long arrivalNanos) {
    if (!video.started) {
      return start(video, audio, deviceMillis, arrivalNanos);
    }
    boolean believable = video.believable(deviceMillis - video.lastDevice, arrivalNanos);
    if (video.shouldAdopt(deviceMillis, arrivalNanos, believable, audio)) {
      video.anchor = newest;
      video.lastDevice = deviceMillis;
      long out = Math.max(newest.map(deviceMillis), video.lastOut + MIN_PICTURE_STEP_MICROS);
      return video.follow(out, arrivalNanos);
    }
    long step = deviceMillis - video.lastDevice;
    if (!believable || step < 0 && video.stillFrames >= MAX_LATE_PICTURES) {
      return video.reanchor(deviceMillis, arrivalNanos, MIN_PICTURE_STEP_MICROS);
    }
    if (step <= 0) {
      return video.byArrival(arrivalNanos, MIN_PICTURE_STEP_MICROS);
    }
    long out = video.anchor.map(deviceMillis);
    if (out < video.lastOut - MAX_LAG_MILLIS * 1000) {
      return video.reanchor(deviceMillis, arrivalNanos, MIN_PICTURE_STEP_MICROS);
    }
    video.lastDevice = deviceMillis;
    return video.follow(Math.max(out, video.lastOut + MIN_PICTURE_STEP_MICROS), arrivalNanos);
  }

  /**
   * The time of a block of sound.
   *
   * @param deviceMillis its stamp
   * @param arrivalNanos {@link System#nanoTime()} when it was complete
   * @return microseconds, not less than for any block before
   */
  public long audioMicros(long deviceMillis, long arrivalNanos) {
    if (!audio.started) {
      return start(audio, video, deviceMillis, arrivalNanos);
    }
    boolean believable = audio.believable(deviceMillis - audio.lastDevice, arrivalNanos);
    if (audio.shouldAdopt(deviceMillis, arrivalNanos, believable, video)) {
      audio.anchor = newest;
      audio.lastDevice = deviceMillis;
      return audio.follow(Math.max(newest.map(deviceMillis), audio.lastOut), arrivalNanos);
    }
    if (!believable) {
      return audio.reanchor(deviceMillis, arrivalNanos, 0);
    }
    if (deviceMillis == audio.lastDevice) {
      return repeatedStamp(arrivalNanos);
    }
    long out = audio.anchor.map(deviceMillis);
    if (out < audio.lastOut - MAX_LAG_MILLIS * 1000) {
      return audio.reanchor(deviceMillis, arrivalNanos, 0);
    }
    audio.lastDevice = deviceMillis;
    return audio.follow(Math.max(out, audio.lastOut), arrivalNanos);
  }

  /** Several blocks may carry one stamp; a clock that stands still must not stop the sound. */
  private long repeatedStamp(long arrivalNanos) {
    boolean still =
        audio.stillFrames >= STILL_SOUND_FRAMES
            && arrivalNanos - audio.goodArrival > STILL_SOUND_NANOS;
    if (!still) {
      audio.stillFrames++;
      return audio.lastOut;
    }
    if (audio.stillFrames == STILL_SOUND_FRAMES) {
      repairs++;
    }
    audio.stillFrames++;
    audio.lastOut = Math.max(audio.lastOut, audio.due(arrivalNanos));
    return audio.lastOut;
  }

  private long start(Track track, Track other, long deviceMillis, long arrivalNanos) {
    if (!anchored) {
      anchored = true;
      newest = new Anchor(deviceMillis, arrivalNanos / 1000);
    } else if (!believableBeside(other, deviceMillis)) {
      newest = new Anchor(deviceMillis, Math.max(other.lastOut, other.due(arrivalNanos)));
      repairs++;
    }
    long out = newest.map(deviceMillis);
    track.start(deviceMillis, out, arrivalNanos, newest);
    return out;
  }

  /** Whether a track's first stamp is of the same clock as the other track's last. */
  private static boolean believableBeside(Track other, long deviceMillis) {
    long step = deviceMillis - other.lastDevice;
    return step >= -UNSUSPICIOUS_STEP_MILLIS && step <= UNSUSPICIOUS_STEP_MILLIS;
  }

  /** How often time did not follow the terminal's clock: jumps, and beginnings of standstills. */
  public long repairs() {
    return repairs;
  }
}
