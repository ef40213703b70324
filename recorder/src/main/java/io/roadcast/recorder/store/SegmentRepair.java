package io.roadcast.recorder.store;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.mp4.MovieFragment;
import io.roadcast.media.mp4.MovieHeader;
import io.roadcast.recorder.segment.Digests;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Makes a whole segment of one whose writing was cut off. */
public final class SegmentRepair {
  /** Longer headers are none of ours. */
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final int MAX_MOOF_BYTES = 1 << 20;
  private static final int BOX_HEADER = 8;
  private static final int VIDEO = 1;
  private static final int STEP_BYTES = 64 * 1024;

  private final Seals seals;

  public SegmentRepair(Seals seals) {
    this.seals = seals;
  }

  /**
   * Cuts the file behind its last whole fragment.
   *
   * @param begun its sidecar from when it was begun
   * @return what its sidecar must say now; without fragments if nothing of it can be played
   */
  public Sidecar repair(Path file, Sidecar begun) throws IOException {
    try (TornFile torn = open(file, begun)) {
      int header = header(torn);
      List<Fragment> fragments = header == 0 ? List.of() : fragments(torn, header);
      if (fragments.isEmpty()) {
        return new Sidecar(begun.segment(), header, fragments);
      }
      Fragment last = fragments.getLast();
      long length = last.offset() + last.length();
      torn.cut(length);
      Segment segment =
          begun
              .segment()
              .grown(
                  begun.segment().at(last.end()),
                  fragments.stream().mapToLong(Fragment::frames).sum(),
                  length,
                  begun.segment().gaps())
              .complete(digest(torn, length));
      return new Sidecar(segment, header, fragments);
    }
  }

  private TornFile open(Path file, Sidecar begun) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean opened = false;
    try {
      TornFile torn =
          Seals.formOf(begun) == SegmentForm.PLAIN
              ? new TornFile.Plain(channel, channel.size())
              : new TornFile.Sealed(channel, seals.keys(), begun.segment().id());
      opened = true;
      return torn;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  private static int header(TornFile file) throws IOException {
    try {
      return MovieHeader.length(read(file, 0, MAX_HEADER_BYTES));
    } catch (MalformedMediaException cutOff) {
      return 0;
    }
  }

  /** Where the fragments are, as far as they are whole. */
  private static List<Fragment> fragments(TornFile file, int header) throws IOException {
    List<Fragment> found = new ArrayList<>();
    long size = file.length();
    for (long at = header; size - at >= BOX_HEADER; ) {
      long moof = Integer.toUnsignedLong(read(file, at, BOX_HEADER).getInt(0));
      if (moof < BOX_HEADER || moof > MAX_MOOF_BYTES || size - at - moof < BOX_HEADER) {
        break;
      }
      long mdat = Integer.toUnsignedLong(read(file, at + moof, BOX_HEADER).getInt(0));
      if (mdat < BOX_HEADER || size - at - moof < mdat) {
        break;
      }
      try {
        var run = MovieFragment.parse(read(file, at, (int) moof)).track(VIDEO);
        if (run.isEmpty()) {
          break;
        }
        MovieFragment.TrackRun video = run.get();
        found.add(
            new Fragment(
                at,
                (int) (moof + mdat),
                video.baseTime(),
                video.duration(),
                video.samples(),
                video.startsWithKeyframe()));
      } catch (MalformedMediaException damaged) {
        break;
      }
      at += moof + mdat;
    }
    return found;
  }

  private static ByteBuffer read(TornFile file, long at, int length) throws IOException {
    return ByteBuffer.wrap(file.read(at, (int) Math.min(length, file.length() - at)));
  }

  private static String digest(TornFile file, long length) throws IOException {
    MessageDigest digest = Digests.sha256();
    for (long at = 0; at < length; at += STEP_BYTES) {
      digest.update(file.read(at, (int) Math.min(STEP_BYTES, length - at)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
