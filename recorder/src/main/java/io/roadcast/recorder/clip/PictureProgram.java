package io.roadcast.recorder.clip;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.ffmpeg.H264Decoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.mp4.MovieFragment;
import io.roadcast.media.mp4.MovieHeader;
import io.roadcast.media.mp4.Mp4Box;
import io.roadcast.media.nal.AnnexB;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The program of a {@link PictureChild}: writes a keyframe near the middle of a clip as JPEG to its
 * standard output.
 */
public final class PictureProgram {
  private static final int VIDEO = 1;
  private static final int WIDTH = 480;

  private PictureProgram() {}

  /**
   * @param arguments the clip's file
   */
  public static void main(String[] arguments) throws IOException, MalformedMediaException {
    I420Picture picture =
        decode(keyframe(ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[0])))));
    ImageIO.write(scaled(picture), "jpeg", System.out);
    System.out.flush();
  }

  /** The last keyframe of the first half, with start codes. */
  static byte[] keyframe(ByteBuffer file) throws MalformedMediaException {
    List<Mp4Box> boxes = Mp4Box.list(file, MovieHeader.length(file), file.limit());
    Mp4Box chosen = null;
    for (int i = 0; i + 1 < boxes.size(); i += 2) {
      Mp4Box head = boxes.get(i);
      boolean key =
          MovieFragment.parse(file.slice(head.start(), head.end() - head.start()))
              .track(VIDEO)
              .map(MovieFragment.TrackRun::startsWithKeyframe)
              .orElse(false);
      if (key && (chosen == null || head.start() < file.limit() / 2)) {
        chosen = boxes.get(i + 1);
      }
    }
    if (chosen == null) {
      throw new MalformedMediaException("no keyframe");
    }
    ByteBuffer joined =
        AnnexB.join(first(file.slice(chosen.content(), chosen.end() - chosen.content())));
    byte[] bytes = new byte[joined.remaining()];
    joined.get(bytes);
    return bytes;
  }

  /** NAL units of the first picture; each stands behind its length. */
  private static List<ByteBuffer> first(ByteBuffer samples) {
    List<ByteBuffer> units = new ArrayList<>();
    while (samples.remaining() > 4) {
      int length = samples.getInt();
      if (length < 1 || length > samples.remaining()) {
        break;
      }
      ByteBuffer unit = samples.slice(samples.position(), length);
      samples.position(samples.position() + length);
      if (H264NalType.isKeyframe(units) && H264NalType.of(unit) != H264NalType.IDR_SLICE) {
        break;
      }
      units.add(unit);
    }
    return units;
  }

  private static I420Picture decode(byte[] annexB) throws MalformedMediaException {
    try (H264Decoder decoder = new H264Decoder()) {
      List<I420Picture> pictures = new ArrayList<>(decoder.decode(annexB));
      pictures.addAll(decoder.drain());
      if (pictures.isEmpty()) {
        throw new MalformedMediaException("nothing decoded");
      }
      return pictures.getFirst();
    }
  }

  /** Nearest samples, ITU-R BT.601 in its limited range. */
  private static BufferedImage scaled(I420Picture picture) {
    int width = Math.min(WIDTH, picture.width());
    int height = Math.max(1, picture.height() * width / picture.width());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(
            x, y, rgb(picture, x * picture.width() / width, y * picture.height() / height));
      }
    }
    return image;
  }

  private static int rgb(I420Picture picture, int x, int y) {
    int chroma = (y / 2) * (picture.width() / 2) + x / 2;
    double luma = 1.164 * ((picture.luma()[y * picture.width() + x] & 0xff) - 16);
    int blue = (picture.blue()[chroma] & 0xff) - 128;
    int red = (picture.red()[chroma] & 0xff) - 128;
    return channel(luma + 1.596 * red) << 16
        | channel(luma - 0.392 * blue - 0.813 * red) << 8
        | channel(luma + 2.017 * blue);
  }

  private static int channel(double value) {
    return (int) Math.clamp(Math.round(value), 0, 255);
  }
}
