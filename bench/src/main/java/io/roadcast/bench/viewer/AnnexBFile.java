package io.roadcast.bench.viewer;

import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.AnnexB;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes complete pictures as a byte stream that ffprobe reads. Damaged ones are left out. */
public final class AnnexBFile implements MediaSink, AutoCloseable {
  private final OutputStream out;
  private final AtomicLong pictures = new AtomicLong();

  public AnnexBFile(Path file) throws IOException {
    out = Files.newOutputStream(file);
  }

  @Override
  public void picture(AccessUnit unit, int timestamp) {
    if (unit.damaged() || unit.nalUnits().isEmpty()) {
      return;
    }
    try {
      out.write(AnnexB.join(unit.nalUnits()).array());
      pictures.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many pictures were written. */
  public long pictures() {
    return pictures.get();
  }

  /** To be called when the viewer is closed. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
