package io.roadcast.simulator.alarm;

import io.roadcast.jtt.jt808.Location;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.simulator.picture.DashcamPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Makes the files of an alarm: drawn pictures, a short video, a sound, the vehicle's log. */
public final class AlarmFolder {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 270;
  private static final int RATE = 25;
  private static final int SECONDS = 4;
  private static final int BITS = 400_000;
  private static final int LOG_BLOCKS = 40;
  private static final int BLOCK_BYTES = 64;
  private static final int SAMPLE_RATE = 8000;

  private AlarmFolder() {}

  /** How many files an alarm of this kind has. */
  static int count(AlarmKind kind) {
    return switch (kind.family()) {
      case ADAS, DSM -> 4;
      case DRIVING -> 2;
      case BSD -> 1;
      case TPMS, FLAG, VIDEO -> 0;
    };
  }

  /**
   * @param number of the alarm, as the platform gave it
   * @param streamMillis when it was, on the time of the scene
   */
  public static List<AlarmFile> files(
      RaisedAlarm alarm, String number, int scene, long streamMillis) {
    List<AlarmFile> files = new ArrayList<>();
    switch (alarm.kind().family()) {
      case ADAS, DSM -> {
        files.add(file(alarm, number, files.size(), 0, "jpg", picture(alarm, scene, streamMillis)));
        files.add(file(alarm, number, files.size(), 2, "h264", video(scene, streamMillis)));
        files.add(file(alarm, number, files.size(), 4, "bin", log(alarm.location())));
        files.add(file(alarm, number, files.size(), 1, "wav", sound()));
      }
      case DRIVING -> {
        files.add(file(alarm, number, files.size(), 2, "h264", video(scene, streamMillis)));
        files.add(file(alarm, number, files.size(), 4, "bin", log(alarm.location())));
      }
      case BSD ->
          files.add(
              file(alarm, number, files.size(), 0, "jpg", picture(alarm, scene, streamMillis)));
      case TPMS, FLAG, VIDEO -> {
        // None.
      }
    }
    return files;
  }

  /** Named by the rule of T/JSATL 12 section 4.5. */
  private static AlarmFile file(
      RaisedAlarm alarm, String number, int sequence, int type, String suffix, byte[] bytes) {
    int peripheral = alarm.kind().family().item();
    int channel =
        switch (alarm.kind().family()) {
          case ADAS -> type == 2 ? 1 : 64;
          case DSM -> type == 2 ? 2 : 65;
          default -> 1;
        };
    String name =
        String.format(
            Locale.ROOT,
            "%02d_%d_%02x%02x_%d_%s.%s",
            type,
            type == 4 ? 0 : channel,
            peripheral,
            alarm.kind().code(),
            sequence,
            number,
            suffix);
    return new AlarmFile(name, type, bytes);
  }

  private static byte[] picture(RaisedAlarm alarm, int scene, long millis) {
    int[] pixels = new DashcamPicture(WIDTH * 2, HEIGHT * 2, scene).draw(0, millis, alarm.at());
    BufferedImage image = new BufferedImage(WIDTH * 2, HEIGHT * 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, WIDTH * 2, HEIGHT * 2, pixels, 0, WIDTH * 2);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", jpeg);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return jpeg.toByteArray();
  }

  /** Raw H.264, around the alarm. */
  private static byte[] video(int scene, long millis) {
    DashcamPicture picture = new DashcamPicture(WIDTH, HEIGHT, scene);
    I420Picture planes = new I420Picture(WIDTH, HEIGHT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (H264Encoder encoder =
        new H264Encoder(new H264Encoder.Settings(WIDTH, HEIGHT, RATE, BITS))) {
      for (int i = 0; i < RATE * SECONDS; i++) {
        long time = millis - SECONDS * 500L + i * 1000L / RATE;
        planes.setRgb(picture.draw(i, time, Instant.ofEpochMilli(time)));
        PictureKind kind = i % RATE == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
        out.writeBytes(encoder.encode(planes, kind).annexB());
      }
    }
    return out.toByteArray();
  }

  /** Ten states a second up to the alarm. */
  private static byte[] log(Location at) {
    ByteBuffer out = ByteBuffer.allocate(LOG_BLOCKS * BLOCK_BYTES);
    for (int i = 0; i < LOG_BLOCKS; i++) {
      int start = out.position();
      int slower = Math.max(0, i - LOG_BLOCKS / 2) * 3;
      out.putInt(LOG_BLOCKS).putInt(i).putInt((int) at.alarms()).putInt((int) at.status());
      out.putInt((int) at.latitudeMicros()).putInt((int) at.longitudeMicros());
      out.putShort((short) at.altitude());
      int speed = Math.max(0, at.speedTenths() - slower);
      out.putShort((short) speed).putShort((short) at.direction());
      out.putShort((short) (at.time().bcd() >>> 32)).putInt((int) at.time().bcd());
      out.putShort((short) (slower == 0 ? 0 : -8)).putShort((short) (i % 3)).putShort((short) 100);
      out.putShort((short) 0).putShort((short) 0).putShort((short) (i % 5));
      out.putShort((short) speed).putShort((short) speed);
      out.put((byte) 5).put((byte) (slower == 0 ? 30 : 0)).put((byte) (slower == 0 ? 0 : 45));
      out.put((byte) (slower == 0 ? 0 : 1));
      out.putShort((short) (1200 + speed)).putShort((short) (i % 4 - 2));
      out.put((byte) 0).putShort((short) 0);
      int sum = 0;
      for (int each = start; each < out.position(); each++) {
        sum += out.get(each);
      }
      out.put((byte) sum);
    }
    return out.array();
  }

  /** Half a second of the warning tone. */
  private static byte[] sound() {
    int samples = SAMPLE_RATE / 2;
    ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE).putInt(2 * SAMPLE_RATE);
    out.putShort((short) 2).putShort((short) 16);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      out.putShort((short) (8000 * Math.sin(2 * Math.PI * 990 * i / SAMPLE_RATE)));
    }
    return out.array();
  }
}
