package io.roadcast.simulator;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.video.Keyframes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * H.265, or H.264 with B frames, by the program {@code ffmpeg}: pictures go into its standard input
 * and access units come out of its standard output, each behind its delimiter. A keyframe that
 * somebody asks for begins the program anew. Pictures leave in decoding order, stamped one after
 * the other, as cameras do it.
 */
final class ProgramEncoder implements SceneEncoder {
  private static final Logger log = LoggerFactory.getLogger(ProgramEncoder.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int H264_DELIMITER = 9;
  private static final int H265_DELIMITER = 35;

  private final Source.Drawn source;
  private final Output out;
  private final byte[] bytes;
  private @Nullable Run run;

  ProgramEncoder(Source.Drawn source, Output out) {
    this.source = source;
    this.out = out;
    this.bytes = new byte[source.width() * source.height() * 3 / 2];
  }

  /** Whether the program is on this machine. */
  static boolean isThere() {
    return program() != null;
  }

  private static @Nullable Path program() {
    String path = System.getProperty("roadcast.path", "/usr/local/bin:/usr/bin:/bin");
    for (String directory : path.split(":", -1)) {
      Path program = Path.of(directory, "ffmpeg");
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  @Override
  public void encode(I420Picture picture, PictureKind kind, long millis)
      throws InterruptedException {
    try {
      Run current = run;
      if (current == null || kind == PictureKind.KEYFRAME) {
        if (current != null) {
          current.end();
        }
        current = new Run();
        run = current;
      }
      current.put(picture, millis);
    } catch (IOException ended) {
      throw new UncheckedIOException("ffmpeg does not take pictures any more", ended);
    }
  }

  @Override
  public void close() {
    if (run != null) {
      try {
        run.end();
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
      run = null;
    }
  }

  private List<String> command() {
    Path program = program();
    if (program == null) {
      throw new IllegalStateException("the program ffmpeg is not on this machine");
    }
    int gop = source.gopFrames();
    int reordered = source.coding().reordered();
    String common =
        "keyint=" + gop + ":min-keyint=" + gop + ":scenecut=0:bframes=" + reordered + ":aud=1";
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(), "-v", "error", "-probesize", "32", "-analyzeduration", "0"));
    command.addAll(List.of("-fflags", "nobuffer", "-f", "rawvideo", "-pix_fmt", "yuv420p"));
    command.addAll(List.of("-s", source.width() + "x" + source.height()));
    command.addAll(List.of("-r", Integer.toString(source.frameRate()), "-i", "-"));
    command.addAll(List.of("-b:v", Integer.toString(source.bitRate()), "-flush_packets", "1"));
    if (source.coding().codec() == Codec.H265) {
      command.addAll(List.of("-c:v", "libx265", "-preset", "ultrafast", "-x265-params"));
      command.add(
          common
              + ":repeat-headers=1:rc-lookahead=0:lookahead-slices=0:b-adapt=0:frame-threads=1"
              + ":pools=none:log-level=none");
      command.addAll(List.of("-f", "hevc", "-"));
    } else {
      command.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-threads", "1"));
      command.addAll(
          List.of("-x264-params", common + ":rc-lookahead=0:sync-lookahead=0:b-adapt=0"));
      command.addAll(List.of("-f", "h264", "-"));
    }
    return command;
  }

  /** The program from one start to its end. */
  private final class Run {
    private final Process process;
    private final OutputStream pictures;
    private final Thread reader;
    private final BlockingQueue<Long> times = new LinkedBlockingQueue<>();

    // The reader's.
    private byte[] unit = new byte[64 * 1024];
    private int filled;

    Run() throws IOException {
      process =
          new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      pictures = process.getOutputStream();
      reader = Thread.ofPlatform().daemon().name("simulator-ffmpeg-out").start(this::read);
    }

    void put(I420Picture picture, long millis) throws IOException {
      int luma = picture.luma().length;
      System.arraycopy(picture.luma(), 0, bytes, 0, luma);
      System.arraycopy(picture.blue(), 0, bytes, luma, luma / 4);
      System.arraycopy(picture.red(), 0, bytes, luma + luma / 4, luma / 4);
      times.add(millis);
      pictures.write(bytes);
      pictures.flush();
    }

    void end() throws InterruptedException {
      try {
        pictures.close();
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (IOException gone) {
        process.destroyForcibly();
      } catch (InterruptedException hurried) {
        process.destroyForcibly();
        throw hurried;
      }
      reader.join(PATIENCE);
    }

    private void read() {
      byte[] some = new byte[64 * 1024];
      try (InputStream made = process.getInputStream()) {
        int count = made.read(some);
        while (count >= 0) {
          for (int i = 0; i < count; i++) {
            put(some[i]);
          }
          count = made.read(some);
        }
        finish(filled);
      } catch (IOException gone) {
        log.debug("ffmpeg: {}", gone.toString());
      }
    }

    /** An access unit ends before the start code of the next delimiter. */
    private void put(byte next) {
      if (filled == unit.length) {
        unit = Arrays.copyOf(unit, 2 * filled);
      }
      unit[filled++] = next;
      int end = startOfDelimiter();
      if (end > 0) {
        finish(end);
      }
    }

    /** Where the start code begins if a delimiter's header byte came last; else -1. */
    private int startOfDelimiter() {
      int at = filled - 1;
      if (at < 4 || unit[at - 1] != 1 || unit[at - 2] != 0 || unit[at - 3] != 0) {
        return -1;
      }
      boolean delimiter =
          source.coding().codec() == Codec.H265
              ? (unit[at] >> 1 & 0x3f) == H265_DELIMITER
              : (unit[at] & 0x1f) == H264_DELIMITER;
      return !delimiter ? -1 : unit[at - 4] == 0 ? at - 4 : at - 3;
    }

    private void finish(int length) {
      byte[] accessUnit = Arrays.copyOf(unit, length);
      System.arraycopy(unit, length, unit, 0, filled - length);
      filled -= length;
      Long millis = times.poll();
      if (millis != null && length > 0) {
        out.encoded(new EncodedPicture(accessUnit, isKeyframe(accessUnit)), millis);
      }
    }

    private boolean isKeyframe(byte[] accessUnit) {
      try {
        return Keyframes.isKeyframe(
            source.coding().codec(), AnnexB.split(ByteBuffer.wrap(accessUnit)));
      } catch (MalformedMediaException e) {
        throw new IllegalStateException("an encoder that makes no NAL units", e);
      }
    }
  }
}
