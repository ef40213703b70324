package io.roadcast.recorder.record;

import io.roadcast.media.VideoFormat;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.recorder.segment.Digests;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Gap;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.recorder.store.Seals;
import io.roadcast.recorder.store.SegmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One segment while it is written: at most one fragment is in memory only. The writer's thread
 * adds; {@link #progress} may be asked on any thread.
 */
final class SegmentWriter {
  private final Path file;
  private final VideoFormat format;
  private final boolean withSound;
  private final Instant boundary;
  private final long startMicros;
  private final FragmentMuxer muxer;
  private final SegmentFile out;
  private final MessageDigest digest = Digests.sha256();
  private final List<Gap> gaps = new ArrayList<>();

  /** Behind a lock of its own, since others read it. */
  private final List<Fragment> fragments = new ArrayList<>();

  private volatile Segment segment;
  private long length;
  private long fragmentTicks = -1;
  private long endTicks;
  private int frames;
  private boolean keyframe;
  private long allFrames;

  /**
   * @param begun what is known of it
   * @param startMicros the time of its first picture on the stream's timeline
   * @param boundary when the next segment is due
   * @param muxer closed by {@link #end}, {@link #abandon}, or by the caller if this fails
   * @param seals how the file is written
   */
  SegmentWriter(
      Path file,
      Segment begun,
      VideoFormat format,
      long startMicros,
      Instant boundary,
      FragmentMuxer muxer,
      Seals seals)
      throws IOException {
    this.file = file;
    this.segment = begun;
    this.format = format;
    this.withSound = begun.sound() != null;
    this.startMicros = startMicros;
    this.boundary = boundary;
    this.muxer = muxer;
    this.out = seals.create(file, begun.id());
    this.endTicks = begun.startTicks();
    boolean written = false;
    try {
      write(muxer.header());
      written = true;
    } finally {
      if (!written) {
        out.close();
      }
    }
  }

  Path file() {
    return file;
  }

  Segment segment() {
    return segment;
  }

  /** Whether pictures of this format, with or without sound, belong into it at this time. */
  boolean fits(VideoFormat picture, boolean sound, Instant at) {
    return picture.codec() == format.codec()
        && picture.width() == format.width()
        && picture.height() == format.height()
        && picture.profileLevelId().equals(format.profileLevelId())
        && sound == withSound
        && at.isBefore(boundary);
  }

  /** Where a moment of the stream's timeline is on the file's. */
  long ticks(long micros) {
    return segment.startTicks() + Math.floorDiv((micros - startMicros) * 9, 100L);
  }

  boolean hasSound() {
    return withSound;
  }

  /** Adds a picture to the fragment in memory. */
  void picture(ByteBuffer annexB, boolean isKeyframe, long ticks, long duration) {
    if (fragmentTicks < 0) {
      fragmentTicks = ticks;
      keyframe = isKeyframe;
      frames = 0;
    }
    muxer.video(annexB, isKeyframe, ticks, duration);
    frames++;
    endTicks = ticks + duration;
  }

  /**
   * Adds sound to the fragment in memory; what is from before the segment is left out.
   *
   * @param samples its time on the stream's timeline
   */
  void sound(ByteBuffer frame, long samples) {
    long start = Math.floorDiv(startMicros * SoundTrack.SAMPLE_RATE, 1_000_000L);
    long lead = segment.startTicks() * SoundTrack.SAMPLE_RATE / FragmentMuxer.VIDEO_TIMESCALE;
    long at = samples - start + lead;
    if (at >= 0) {
      muxer.sound(frame, at);
    }
  }

  /** No pictures came in this time, in ticks of the file. */
  void gap(long from, long to) {
    gaps.add(new Gap(segment.at(from), segment.at(to)));
  }

  /** When the fragment in memory begins; -1 if it is empty. */
  long fragmentTicks() {
    return fragmentTicks;
  }

  /** Writes what is in memory. */
  void flush() throws IOException {
    if (fragmentTicks < 0) {
      return;
    }
    byte[] bytes = muxer.fragment();
    long offset = length;
    write(bytes);
    allFrames += frames;
    Fragment done =
        new Fragment(
            offset, bytes.length, fragmentTicks, endTicks - fragmentTicks, frames, keyframe);
    synchronized (fragments) {
      fragments.add(done);
      segment = segment.grown(segment.at(endTicks), allFrames, length, gaps);
    }
    fragmentTicks = -1;
  }

  private void write(byte[] bytes) throws IOException {
    out.append(bytes);
    digest.update(bytes);
    length += bytes.length;
  }

  /** How far it has come; what it says is in the file. */
  Sidecar progress() {
    synchronized (fragments) {
      return new Sidecar(segment, muxer.header().length, fragments);
    }
  }

  /** Frees the muxer; what was flushed is the segment. {@link #complete} follows, anywhere. */
  void end() {
    muxer.close();
  }

  /** Waits until it is on the disk, and says what the sidecar must say. Takes its time; once. */
  Sidecar complete() throws IOException {
    try (out) {
      out.force();
    }
    Sidecar last = progress();
    return new Sidecar(
        last.segment().complete(HexFormat.of().formatHex(digest.digest())),
        last.headerBytes(),
        last.fragments());
  }

  /** Instead of {@link #complete}: the file goes. */
  void abandon() throws IOException {
    try (out) {
      end();
    }
    Files.deleteIfExists(file);
  }
}
