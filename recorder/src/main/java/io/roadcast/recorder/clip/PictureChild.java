package io.roadcast.recorder.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has a JVM of its own decode the picture, since that may die over what a camera sends. Blocks for
 * a second; any thread.
 */
public final class PictureChild implements ClipPicture {
  /** Pictures can wait; the processor has better to do. */
  private static final int AT_ONCE = 1;

  private static final long PATIENCE_SECONDS = 30;
  private static final int MOST_BYTES = 4 << 20;
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx128m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+ErrorFileToStderr",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djava.awt.headless=true",
          "-Dorg.bytedeco.javacpp.maxBytes=0",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

  private final Semaphore room = new Semaphore(AT_ONCE);

  @Override
  public byte[] of(Path clip) throws IOException {
    room.acquireUninterruptibly();
    try {
      return decoded(clip);
    } finally {
      room.release();
    }
  }

  private static byte[] decoded(Path clip) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(OPTIONS);
    builder
        .command()
        .addAll(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PictureProgram.class.getName(),
                clip.toString()));
    Process child = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      child.getOutputStream().close();
      byte[] jpeg = child.getInputStream().readNBytes(MOST_BYTES);
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
          || child.exitValue() != 0
          || jpeg.length == 0) {
        throw new IOException("no picture could be decoded");
      }
      return jpeg;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    } finally {
      child.destroyForcibly();
    }
  }
}
