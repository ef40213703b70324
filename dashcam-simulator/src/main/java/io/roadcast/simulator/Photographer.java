package io.roadcast.simulator;

import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.MediaPart;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.simulator.picture.DashcamPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;

/** Takes the pictures that 0x8801 asks for: drawn, as JPEG, sent by 0x0801. */
final class Photographer {
  private static final int MOST = 10;
  private static final int PART_BYTES = 900;
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int NO_SUCH_CHANNEL = 2;
  private static final int[][] SIZES = {
    {320, 240}, {640, 480}, {800, 600}, {1024, 768}, {176, 144}, {352, 288}, {704, 288}, {704, 576}
  };

  private final int scene;
  private final int channels;
  private final StreamTime time;
  private final ProtocolVersion version;
  private long nextId = 1;

  Photographer(int scene, int channels, StreamTime time, ProtocolVersion version) {
    this.scene = scene;
    this.channels = channels;
    this.time = time;
    this.version = version;
  }

  /** The answer, and after it the pictures. */
  List<Jt808Message> shoot(CameraShot shot, int serial, Location location) {
    if (shot.channel() < 1 || shot.channel() > channels) {
      return List.of(new CameraShotAnswer(serial, NO_SUCH_CHANNEL, null));
    }
    if (shot.command() < 1 || shot.command() > MOST) {
      return List.of(new CameraShotAnswer(serial, FAILED, null));
    }
    List<Long> ids = LongStream.range(nextId, nextId + shot.command()).boxed().toList();
    nextId += shot.command();
    List<Jt808Message> messages = new ArrayList<>();
    messages.add(new CameraShotAnswer(serial, DONE, ids));
    for (long id : ids) {
      messages.addAll(upload(id, shot.channel(), location, picture(shot.resolution(), id)));
    }
    return messages;
  }

  /** From 2013 on the frames divide it; in 2011 it divides itself. */
  private List<Jt808Message> upload(long id, int channel, Location location, byte[] jpeg) {
    if (version != ProtocolVersion.V2011) {
      return List.of(new MediaUpload(id, 0, 0, 0, channel, location, null, Bytes.of(jpeg)));
    }
    List<Jt808Message> messages = new ArrayList<>();
    int total = (jpeg.length + PART_BYTES - 1) / PART_BYTES;
    for (int index = 1; index <= total; index++) {
      int from = (index - 1) * PART_BYTES;
      Bytes part = Bytes.of(jpeg, from, Math.min(PART_BYTES, jpeg.length - from));
      messages.add(new MediaUpload(id, 0, 0, 0, channel, null, new MediaPart(total, index), part));
    }
    return messages;
  }

  private byte[] picture(int resolution, long counter) {
    int[] size = SIZES[Math.clamp(resolution - 1L, 0, SIZES.length - 1)];
    int[] pixels =
        new DashcamPicture(size[0], size[1], scene).draw(counter, time.nowMillis(), Instant.now());
    BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, size[0], size[1], pixels, 0, size[0]);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", jpeg);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return jpeg.toByteArray();
  }
}
