package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Segment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A time of a stream as a playlist of HLS (RFC 8216, version 7). What it names are parts of
 * recorded segments that never change: the same picture has the same address in every playlist of
 * an hour, so that caches serve many who watch.
 */
public final class HlsPlaylist {
  private static final double TICKS_PER_SECOND = 90_000;
  private static final long WANTED_TICKS = 4 * 90_000;

  /** A longer time between two fragments is a gap. */
  private static final Duration GAP = Duration.ofMillis(500);

  private final UnaryOperator<String> signer;
  private final StringBuilder entries = new StringBuilder();
  private final Instant base;
  private double longest = 1;
  private Instant first = Instant.MAX;
  private Instant end = Instant.MIN;
  private @Nullable Segment last;

  /** Fragments from a keyframe on that are one part. */
  private record Group(List<Fragment> fragments) {
    long duration() {
      return fragments.getLast().end() - fragments.getFirst().ticks();
    }
  }

  private HlsPlaylist(Instant base, UnaryOperator<String> signer) {
    this.base = base;
    this.signer = signer;
  }

  /**
   * Writes it. It begins with the part that the wanted time is in, and says where to start.
   *
   * @param pieces in their order
   * @param signer makes addresses that need no credential
   */
  public static String of(
      List<Piece> pieces, Instant from, Instant to, UnaryOperator<String> signer) {
    // Sound may begin a little before the first picture, and no time is below zero.
    Instant base = pieces.getFirst().segment().from().minusSeconds(1).truncatedTo(ChronoUnit.HOURS);
    HlsPlaylist playlist = new HlsPlaylist(base, signer);
    for (Piece piece : pieces) {
      playlist.add(piece, from, to);
    }
    return playlist.text(from);
  }

  private void add(Piece piece, Instant from, Instant to) {
    Segment segment = piece.segment();
    boolean mapped = false;
    for (Group group : groups(piece.fragments())) {
      Instant start = segment.at(group.fragments.getFirst().ticks());
      Instant stop = segment.at(group.fragments.getLast().end());
      if (!start.isBefore(to) || !stop.isAfter(from)) {
        continue;
      }
      if (!mapped) {
        begin(segment, start);
        mapped = true;
      } else if (start.isAfter(end.plus(GAP))) {
        discontinue(start);
      }
      add(segment, group);
      first = first.isBefore(start) ? first : start;
      end = stop;
    }
  }

  /** Groups are counted from the segment's beginning, whatever time is asked for. */
  private static List<Group> groups(List<Fragment> fragments) {
    List<Group> groups = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= fragments.size(); i++) {
      if (i == fragments.size()
          || fragments.get(i).keyframe()
              && (fragments.get(i - 1).end() - fragments.get(start).ticks() >= WANTED_TICKS
                  || isGap(fragments.get(i - 1), fragments.get(i)))) {
        groups.add(new Group(fragments.subList(start, i)));
        start = i;
      }
    }
    return groups;
  }

  private static boolean isGap(Fragment before, Fragment next) {
    return (next.ticks() - before.end()) / TICKS_PER_SECOND * 1000 > GAP.toMillis();
  }

  private void begin(Segment segment, Instant start) {
    boolean joined = last != null && alike(last, segment) && !start.isAfter(end.plus(GAP));
    if (!joined) {
      discontinue(start);
    }
    entries
        .append("#EXT-X-MAP:URI=\"")
        .append(signer.apply("/api/v1/recordings/" + segment.id() + "/init.mp4"))
        .append("\"\n");
    last = segment;
  }

  private static boolean alike(Segment one, Segment other) {
    return one.codec().equals(other.codec())
        && one.width() == other.width()
        && one.height() == other.height()
        && (one.sound() == null) == (other.sound() == null);
  }

  private void discontinue(Instant start) {
    if (last != null) {
      entries.append("#EXT-X-DISCONTINUITY\n");
    }
    entries.append("#EXT-X-PROGRAM-DATE-TIME:").append(start).append('\n');
  }

  private void add(Segment segment, Group group) {
    Fragment head = group.fragments.getFirst();
    Fragment tail = group.fragments.getLast();
    double seconds = group.duration() / TICKS_PER_SECOND;
    longest = Math.max(longest, seconds);
    entries
        .append(String.format(Locale.ROOT, "#EXTINF:%.5f,\n", seconds))
        .append(
            signer.apply(
                "/api/v1/recordings/"
                    + segment.id()
                    + "/part.m4s?first="
                    + head.offset()
                    + "&end="
                    + (tail.offset() + tail.length())
                    + "&base="
                    + base.getEpochSecond()))
        .append('\n');
  }

  private String text(Instant from) {
    String start =
        first.isBefore(from)
            ? String.format(
                Locale.ROOT,
                "#EXT-X-START:TIME-OFFSET=%.3f,PRECISE=YES\n",
                Duration.between(first, from).toMillis() / 1000.0)
            : "";
    return "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        + start
        + "#EXT-X-TARGETDURATION:"
        + (long) Math.ceil(longest)
        + "\n"
        + entries
        + "#EXT-X-ENDLIST\n";
  }
}
