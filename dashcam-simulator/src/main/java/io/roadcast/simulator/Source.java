package io.roadcast.simulator;

import java.nio.file.Path;

/** Where the pictures and the sound of a simulation come from. */
public sealed interface Source {

  /**
   * A drawn road, encoded once for all terminals.
   *
   * @param width pixels, even
   * @param height pixels, even
   * @param frameRate pictures per second
   * @param gopMillis time from keyframe to keyframe
   * @param bitRate bits per second of each scene
   * @param scenes how many different pictures there are; terminals and channels take them in turn
   */
  record Drawn(
      int width,
      int height,
      int frameRate,
      int gopMillis,
      int bitRate,
      int scenes,
      Sound sound,
      PictureCoding coding)
      implements Source {
    /** In H.264. */
    public Drawn(
        int width, int height, int frameRate, int gopMillis, int bitRate, int scenes, Sound sound) {
      this(width, height, frameRate, gopMillis, bitRate, scenes, sound, PictureCoding.H264);
    }

    public Drawn {
      if (width < 96 || height < 90 || width % 2 != 0 || height % 2 != 0) {
        throw new IllegalArgumentException("a picture of " + width + "x" + height);
      }
      if (frameRate < 1 || frameRate > 120 || gopMillis < 1 || bitRate < 1 || scenes < 1) {
        throw new IllegalArgumentException("frame rate, GOP, bit rate and scenes must be positive");
      }
    }

    /** 1280x720, 25 pictures a second, a keyframe every 4 s, 2 Mbit/s, with sound. */
    public static Drawn standard() {
      return new Drawn(1280, 720, 25, 4000, 2_000_000, 1, Sound.standard());
    }

    public Drawn in(PictureCoding other) {
      return new Drawn(width, height, frameRate, gopMillis, bitRate, scenes, sound, other);
    }

    /** The sub-stream: half the width and height where that can be, a fifth of the bits. */
    Drawn sub() {
      boolean small = width < 320 || height < 180;
      return new Drawn(
          small ? width : width / 4 * 2,
          small ? height : height / 4 * 2,
          frameRate,
          gopMillis,
          Math.max(64_000, bitRate / 5),
          scenes,
          sound,
          coding);
    }

    /** Pictures from keyframe to keyframe. */
    int gopFrames() {
      return Math.max(1, (int) Math.round(gopMillis * frameRate / 1000.0));
    }
  }

  /**
   * A file of JT/T 1078 packets, sent again and again at its own timestamps; timestamps and
   * sequence numbers go on from one round to the next.
   *
   * @param speed factor on the file's own pace
   */
  record Replayed(Path file, double speed, Ids ids, Rounds rounds) implements Source {
    public Replayed {
      if (!(speed > 0)) {
        throw new IllegalArgumentException("a speed of " + speed);
      }
    }
  }

  /** Whose terminal id and channel the packets of a file carry. */
  enum Ids {
    /** Those of the simulated terminal; a file with several channels keeps its channel numbers. */
    OF_TERMINAL,
    /** Those in the file. */
    OF_FILE
  }

  /** How often a file is sent. */
  enum Rounds {
    ONCE,
    ENDLESS
  }
}
