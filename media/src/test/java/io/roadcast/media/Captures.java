package io.roadcast.media;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Bytes of real terminals that lie beside a checkout; tests without them are skipped. */
public final class Captures {
  private static final int MAGIC = 0x30316364;

  private Captures() {}

  /** One frame of a JT/T 1078 capture whose terminal ids have 6 bytes. */
  public record CapturedFrame(boolean audio, boolean keyframe, long timeMillis, byte[] body) {}

  public static byte[] bytes(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolveSibling("shared").resolve("captures").resolve(name);
      if (Files.exists(file)) {
        try {
          return Files.readAllBytes(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return abort("no capture " + name + " beside the checkout");
  }

  /** The complete frames in order of their last packets. */
  public static List<CapturedFrame> frames(String name) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(name));
    List<CapturedFrame> frames = new ArrayList<>();
    ByteArrayOutputStream video = new ByteArrayOutputStream();
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      if (bytes.getInt(start) != MAGIC) {
        throw new IllegalStateException("no packet at " + start);
      }
      int kind = bytes.get(start + 15);
      boolean audio = kind >> 4 == 3;
      long time = bytes.getLong(start + 16);
      int header = audio ? 26 : 30;
      int length = bytes.getShort(start + header - 2);
      byte[] body = new byte[length];
      bytes.get(start + header, body).position(start + header + length);
      int part = kind & 0x0F;
      if (audio) {
        frames.add(new CapturedFrame(true, false, time, body));
        continue;
      }
      if (part == 0 || part == 1) {
        video.reset();
      }
      video.writeBytes(body);
      if (part == 0 || part == 2) {
        frames.add(new CapturedFrame(false, kind >> 4 == 0, time, video.toByteArray()));
      }
    }
    return frames;
  }
}
