package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether segments are encrypted by us, and with what. Any thread. */
public final class Seals {
  private final SegmentForm form;
  private final @Nullable MasterKeys masters;

  private Seals(SegmentForm form, @Nullable MasterKeys masters) {
    this.form = form;
    this.masters = masters;
  }

  /** New segments are plain, and sealed ones can not be read. */
  public static Seals none() {
    return new Seals(SegmentForm.PLAIN, null);
  }

  /**
   * @param form of new segments; sealed ones can be read in any case
   */
  public static Seals with(MasterKeys masters, SegmentForm form) {
    return new Seals(form, masters);
  }

  /** Of new segments. */
  public SegmentForm form() {
    return form;
  }

  /** Begins a segment's file. */
  public SegmentFile create(Path file, UUID segment) throws IOException {
    FileChannel channel = SegmentFile.create(file);
    boolean begun = false;
    try {
      SegmentFile created =
          form == SegmentForm.PLAIN
              ? new PlainSegmentFile(channel)
              : new SealedSegmentFile(channel, SegmentKey.create(keys(), segment));
      begun = true;
      return created;
    } finally {
      if (!begun) {
        channel.close();
      }
    }
  }

  /** What was recorded, out of the bytes of its file. */
  SegmentSource open(SegmentSource file, Sidecar sidecar) throws IOException {
    return formOf(sidecar) == SegmentForm.PLAIN ? file : new SealedSource(file, keys(), sidecar);
  }

  static SegmentForm formOf(Sidecar sidecar) throws IOException {
    String place = sidecar.segment().place();
    return SegmentForm.of(place).orElseThrow(() -> new IOException(place + " is no segment"));
  }

  MasterKeys keys() throws IOException {
    if (masters == null) {
      throw new IOException("this is sealed, and no key is configured");
    }
    return masters;
  }
}
