package io.roadcast.recorder.segment;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.mp4.MovieFragment;
import io.roadcast.media.mp4.MovieHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  private SegmentRepair() {}

  /**
   * Cuts the file behind its last whole fragment.
   *
   * @param begun its sidecar from when it was begun
   * @return what its sidecar must say now; without fragments if nothing of it can be played
   */
  public static Sidecar repair(Path file, Sidecar begun) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      int header = header(channel);
      List<Fragment> fragments = header == 0 ? List.of() : fragments(channel, header);
      if (fragments.isEmpty()) {
        return new Sidecar(begun.segment(), header, fragments);
      }
      Fragment last = fragments.getLast();
      channel.truncate(last.offset() + last.length());
      channel.force(true);
      Segment segment =
          begun
              .segment()
              .grown(
                  begun.segment().at(last.end()),
                  fragments.stream().mapToLong(Fragment::frames).sum(),
                  channel.size(),
                  begun.segment().gaps())
              .complete(digest(channel));
      return new Sidecar(segment, header, fragments);
    }
  }

  private static int header(FileChannel channel) throws IOException {
    try {
      return MovieHeader.length(read(channel, 0, MAX_HEADER_BYTES));
    } catch (MalformedMediaException cutOff) {
      return 0;
    }
  }

  /** Where the fragments are, as far as they are whole. */
  private static List<Fragment> fragments(FileChannel channel, int header) throws IOException {
    List<Fragment> found = new ArrayList<>();
    long size = channel.size();
    for (long at = header; size - at >= BOX_HEADER; ) {
      long moof = Integer.toUnsignedLong(read(channel, at, BOX_HEADER).getInt(0));
      if (moof < BOX_HEADER || moof > MAX_MOOF_BYTES || size - at - moof < BOX_HEADER) {
        break;
      }
      long mdat = Integer.toUnsignedLong(read(channel, at + moof, BOX_HEADER).getInt(0));
      if (mdat < BOX_HEADER || size - at - moof < mdat) {
        break;
      }
      try {
        var run = MovieFragment.parse(read(channel, at, (int) moof)).track(VIDEO);
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

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, channel.size() - at));
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
      // Once more.
    }
    return bytes.flip();
  }

  private static String digest(FileChannel channel) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer part = ByteBuffer.allocate(64 * 1024);
    for (long at = 0; channel.read(part, at) > 0; ) {
      part.flip();
      at += part.remaining();
      digest.update(part);
      part.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What segments are sealed with. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
