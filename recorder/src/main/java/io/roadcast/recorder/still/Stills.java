package io.roadcast.recorder.still;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.mp4.CodedKeyframe;
import io.roadcast.recorder.retrieve.Piece;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.SegmentSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Small pictures of recorded segments, made when somebody wants them: one of a moment, or many side
 * by side on a sheet, for scrubbing. Methods block; any thread.
 */
public final class Stills implements AutoCloseable {
  /** Between two small pictures of a sheet. */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Small pictures on one sheet, at most. */
  public static final int TILES = 36;

  private static final int COLUMNS = 6;
  private static final int TILE_WIDTH = 160;
  private static final int SINGLE_WIDTH = 320;
  private static final int VIDEO = 1;

  private final StillMaker maker = new StillMaker();
  private final StillCache cache;

  /** Where a small picture of a sheet is, in pixels. */
  public record Tile(int x, int y, int width, int height) {}

  /**
   * @param directory for what was made; is emptied
   * @param maxBytes of all that is kept there
   * @throws IOException if it can not be written to
   */
  public Stills(Path directory, long maxBytes) throws IOException {
    cache = new StillCache(directory, maxBytes, InstantSource.system());
  }

  /** How many small pictures a segment has by now: one at its beginning, then at intervals. */
  public static int count(Segment segment) {
    long length = Duration.between(segment.from(), segment.to()).toMillis();
    return (int) (Math.max(0, length - 1) / INTERVAL.toMillis()) + 1;
  }

  /** Where a small picture is on its sheet. */
  public static Tile tile(Segment segment, int place) {
    int height = height(segment, TILE_WIDTH);
    return new Tile(place % COLUMNS * TILE_WIDTH, place / COLUMNS * height, TILE_WIDTH, height);
  }

  /** In proportion, and even. */
  private static int height(Segment segment, int width) {
    return Math.clamp((long) width * segment.height() / segment.width() / 2 * 2, 16, 2 * width);
  }

  /**
   * A JPEG of the keyframe at a moment, or before it.
   *
   * @return empty if it can not be decoded
   */
  public Optional<byte[]> single(Piece piece, Instant at) throws IOException, StillsBusyException {
    Fragment fragment = keyframe(piece, at);
    String name = piece.segment().id() + "-at-" + fragment.offset();
    return make(piece, name, SINGLE_WIDTH, 1, List.of(fragment));
  }

  /**
   * A JPEG of many.
   *
   * @param sheet from 0; each begins {@link #TILES} intervals after the one before
   * @param tiles on this sheet
   * @return empty if the segment is not so long, or can not be decoded
   */
  public Optional<byte[]> sheet(Piece piece, int sheet, int tiles)
      throws IOException, StillsBusyException {
    Segment segment = piece.segment();
    long first = (long) sheet * TILES;
    if (sheet < 0 || tiles < 1 || tiles > TILES || first + tiles > count(segment)) {
      return Optional.empty();
    }
    List<Fragment> chosen = new ArrayList<>();
    for (int i = 0; i < tiles; i++) {
      chosen.add(keyframe(piece, segment.from().plus(INTERVAL.multipliedBy(first + i))));
    }
    String name = segment.id() + "-" + sheet + "-" + tiles;
    return make(piece, name, TILE_WIDTH, COLUMNS, chosen);
  }

  private Optional<byte[]> make(
      Piece piece, String name, int width, int columns, List<Fragment> chosen)
      throws IOException, StillsBusyException {
    Optional<byte[]> known = cache.get(name);
    if (known.isPresent()) {
      return known;
    }
    List<CodedKeyframe> pictures = new ArrayList<>();
    try (SegmentSource source = piece.open()) {
      byte[] header = source.read(0, piece.sidecar().headerBytes());
      for (Fragment each : chosen) {
        byte[] bytes = source.read(each.offset(), each.length());
        pictures.add(CodedKeyframe.read(header, bytes, VIDEO));
      }
    } catch (MalformedMediaException damaged) {
      return Optional.empty();
    }
    byte[] made =
        maker.make(new StillJob(width, height(piece.segment(), width), columns, pictures));
    if (made.length == 0) {
      return Optional.empty();
    }
    cache.put(name, made);
    return Optional.of(made);
  }

  /** The last one that is not later; the first one if all are. */
  private static Fragment keyframe(Piece piece, Instant at) {
    Fragment best = piece.fragments().getFirst();
    for (Fragment each : piece.fragments()) {
      if (each.keyframe() && !piece.segment().at(each.ticks()).isAfter(at)) {
        best = each;
      }
    }
    return best;
  }

  /** Lets go of what is too old; to be called now and then. */
  public void sweep() {
    cache.forget();
  }

  @Override
  public void close() {
    maker.close();
  }
}
