package io.roadcast.simulator.alarm;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.media.ffmpeg.EncodedPicture;
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

/**
 * Makes the files of an alarm: drawn pictures, a short video, a sound, the vehicle's log; as the
 * standard of its identifier has them.
 */
public final class AlarmFolder {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 270;
  private static final int RATE = 25;
  private static final int SECONDS = 4;
  private static final int BITS = 400_000;
  private static final int LOG_BLOCKS = 40;
  private static final int BLOCK_BYTES = 64;
  private static final int SAMPLE_RATE = 8000;

  private static final int PICTURE = 0;
  private static final int SOUND = 1;
  private static final int MOTION = 2;
  private static final int FACE = 4;

  private final RaisedAlarm alarm;
  private final SafetyVariant variant;
  private final String number;
  private final List<AlarmFile> files = new ArrayList<>();

  private AlarmFolder(RaisedAlarm alarm, String number) {
    this.alarm = alarm;
    this.number = number;
    AlarmIdentifier identifier = alarm.identifier();
    this.variant = identifier == null ? SafetyVariant.SU : identifier.variant();
  }

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
    AlarmFolder folder = new AlarmFolder(alarm, number);
    switch (alarm.kind().family()) {
      case ADAS, DSM -> {
        folder.addPicture(scene, streamMillis);
        folder.addVideo(scene, streamMillis);
        folder.add(folder.other(), 0, "bin", log(alarm.location()));
        folder.add(SOUND, folder.channel(), "wav", sound());
      }
      case DRIVING -> {
        folder.addVideo(scene, streamMillis);
        folder.add(folder.other(), 0, "bin", log(alarm.location()));
      }
      case BSD -> folder.addPicture(scene, streamMillis);
      case TPMS, FLAG, VIDEO -> {
        // None.
      }
    }
    return folder.files;
  }

  private void addPicture(int scene, long millis) {
    boolean face = variant == SafetyVariant.YUE && alarm.kind().family() == AlarmFamily.DSM;
    add(face ? FACE : PICTURE, channel(), "jpg", picture(alarm, scene, millis));
  }

  private void addVideo(int scene, long millis) {
    int camera = alarm.kind().family() == AlarmFamily.DSM ? 2 : 1;
    List<EncodedPicture> pictures = video(scene, millis);
    switch (variant) {
      case SU -> add(MOTION, camera, "h264", raw(pictures));
      case YUE -> add(MOTION, camera, "mp4", AlarmMovie.of(pictures, WIDTH, HEIGHT, RATE));
    }
  }

  /** The type of what is nothing else. */
  private int other() {
    return switch (variant) {
      case SU -> 4;
      case YUE -> 5;
    };
  }

  /** Of pictures and sound; that of a video is its camera's. */
  private int channel() {
    return switch (alarm.kind().family()) {
      case ADAS -> 64;
      case DSM -> 65;
      case BSD -> variant == SafetyVariant.YUE ? 67 : 1;
      case DRIVING, TPMS, FLAG, VIDEO -> 1;
    };
  }

  /** Named by the rule of T/JSATL 12 section 4.5. */
  private void add(int type, int channel, String suffix, byte[] bytes) {
    String name =
        String.format(
            Locale.ROOT,
            "%02d_%d_%02x%02x_%d_%s.%s",
            type,
            channel,
            alarm.kind().family().item(),
            alarm.kind().code(),
            files.size(),
            number,
            suffix);
    files.add(new AlarmFile(name, type, bytes));
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

  /** H.264, around the alarm. */
  private static List<EncodedPicture> video(int scene, long millis) {
    DashcamPicture picture = new DashcamPicture(WIDTH, HEIGHT, scene);
    I420Picture planes = new I420Picture(WIDTH, HEIGHT);
    List<EncodedPicture> coded = new ArrayList<>();
    try (H264Encoder encoder =
        new H264Encoder(new H264Encoder.Settings(WIDTH, HEIGHT, RATE, BITS))) {
      for (int i = 0; i < RATE * SECONDS; i++) {
        long time = millis - SECONDS * 500L + i * 1000L / RATE;
        planes.setRgb(picture.draw(i, time, Instant.ofEpochMilli(time)));
        PictureKind kind = i % RATE == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
        coded.add(encoder.encode(planes, kind));
      }
    }
    return coded;
  }

  private static byte[] raw(List<EncodedPicture> pictures) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pictures.forEach(picture -> out.writeBytes(picture.annexB()));
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
