package io.roadcast.signaling.recording;

import io.roadcast.recorder.retrieve.FormatChangeException;
import io.roadcast.recorder.retrieve.NothingRecordedException;
import io.roadcast.recorder.retrieve.RangeFile;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.recording.RecordingRequest.Range;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Recordings of several streams as one ZIP file that exists only while it is sent: an MP4 per
 * stream, or several where its format changes, and last a manifest with the SHA-256 of each.
 */
final class ExportArchive {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Recordings recordings;
  private final Json json;

  /** What the archive says about itself. */
  record Manifest(Instant createdAt, String createdBy, List<ManifestFile> files) {}

  /**
   * @param startOffsetMs how long before {@code from} the file begins; players that know edit lists
   *     hide it
   */
  record ManifestFile(
      String name,
      String stream,
      String quality,
      Instant from,
      Instant to,
      long startOffsetMs,
      long bytes,
      String sha256) {}

  /** A file of the archive before it is written. */
  record Planned(Range range, RangeFile file) {}

  ExportArchive(Recordings recordings, Json json) {
    this.recordings = recordings;
    this.json = json;
  }

  /**
   * The files of a stream's time; none if nothing was recorded.
   *
   * @param permitted what the asker may see
   */
  List<Planned> plan(Range range, Predicate<Segment> permitted) throws IOException {
    List<Planned> files = new ArrayList<>();
    Instant from = range.from();
    Instant to = range.to();
    while (from.isBefore(to)) {
      try {
        RangeFile file =
            recordings.range(range.stream().name(), range.quality(), from, to, permitted);
        files.add(new Planned(new Range(range.stream(), from, to), file));
        from = to;
        to = range.to();
      } catch (FormatChangeException change) {
        // Up to the change first, then what follows.
        to = change.at();
      } catch (NothingRecordedException nothing) {
        from = to;
        to = range.to();
      }
    }
    return files;
  }

  /**
   * Writes it; blocks.
   *
   * @param sent is told how many bytes of recordings have gone
   */
  void write(OutputStream out, String by, List<Planned> files, LongConsumer sent)
      throws IOException {
    List<ManifestFile> written = new ArrayList<>();
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    // Pictures are compressed already.
    zip.setLevel(Deflater.NO_COMPRESSION);
    for (Planned each : files) {
      written.add(write(zip, each, sent));
    }
    zip.putNextEntry(new ZipEntry("manifest.json"));
    zip.write(
        json.write(new Manifest(Instant.now(), by, written)).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.finish();
  }

  private static ManifestFile write(ZipOutputStream zip, Planned each, LongConsumer sent)
      throws IOException {
    Range range = each.range;
    String name =
        range.stream().name()
            + (range.quality().equals("main") ? "-" : "-" + range.quality() + "-")
            + NAME.format(range.from())
            + ".mp4";
    zip.putNextEntry(new ZipEntry(name));
    MessageDigest digest = sha256();
    DigestOutputStream summed = new DigestOutputStream(new Counted(zip, sent), digest);
    each.file.write(summed, 0, each.file.length());
    zip.closeEntry();
    return new ManifestFile(
        name,
        range.stream().name(),
        range.quality(),
        range.from(),
        range.to(),
        each.file.startOffset().toMillis(),
        each.file.length(),
        HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Passes on, and tells how much. */
  private static final class Counted extends FilterOutputStream {
    private final LongConsumer sent;

    Counted(OutputStream out, LongConsumer sent) {
      super(out);
      this.sent = sent;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      sent.accept(length);
    }
  }
}
