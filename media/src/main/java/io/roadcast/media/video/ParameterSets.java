package io.roadcast.media.video;

import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameter sets of one video track: remembers the newest, puts them in front of keyframes that
 * come without, and reads the track's format from them. A viewer that joins later, or a recording
 * that begins later, can then start with any keyframe. Used by one thread at a time.
 */
public final class ParameterSets {
  /** What a NAL unit is to this class. */
  enum Kind {
    VPS,
    SPS,
    PPS,
    /** Part of a picture that may tell of reordering. */
    SLICE,
    ACCESS_UNIT_DELIMITER,
    OTHER
  }

  /** The codec's part. Bytes are borrowed for the call. */
  interface Reader {
    Kind kind(ByteBuffer nalUnit);

    /** Kinds that a keyframe needs, in the order in which they must come. */
    List<Kind> needed();

    /** Takes a new SPS. */
    void sequence(ByteBuffer nalUnit);

    /** Takes a slice. */
    void slice(ByteBuffer nalUnit);

    Optional<VideoFormat> format();

    long malformed();
  }

  /** More than any encoder sends of one kind in one access unit. */
  private static final int MAX_SETS = 32;

  /** Longer units are no parameter sets that can be believed. */
  private static final int MAX_SET_BYTES = 4096;

  private final Codec codec;
  private final Reader reader;
  private final Map<Kind, List<ByteBuffer>> newest = new EnumMap<>(Kind.class);
  private final Map<Kind, List<ByteBuffer>> found = new EnumMap<>(Kind.class);

  /**
   * @throws IllegalArgumentException if the codec is neither H.264 nor H.265
   */
  public ParameterSets(Codec codec) {
    this.codec = codec;
    this.reader =
        switch (codec) {
          case H264 -> new H264SetReader();
          case H265 -> new H265SetReader();
          default -> throw new IllegalArgumentException(codec + " has no parameter sets");
        };
    for (Kind kind : reader.needed()) {
      newest.put(kind, List.of());
      found.put(kind, new ArrayList<>());
    }
  }

  /**
   * Learns from an access unit and completes it.
   *
   * @param frame of this track's codec; borrowed for the call
   * @return its NAL units; if it is a keyframe without all parameter sets, the newest sets are in
   *     front (own copies, not to be changed), as far as they are known
   */
  public List<ByteBuffer> complete(VideoFrame frame) {
    if (frame.codec() != codec) {
      throw new IllegalArgumentException(frame.codec() + " on a track of " + codec);
    }
    found.values().forEach(List::clear);
    for (ByteBuffer unit : frame.nalUnits()) {
      if (unit.hasRemaining()) {
        look(unit);
      }
    }
    found.forEach(this::remember);
    return frame.keyframe() && lacksSets() ? withSets(frame.nalUnits()) : frame.nalUnits();
  }

  /** Whether every set that a keyframe needs has been seen, so that decoding can begin. */
  public boolean known() {
    return newest.values().stream().noneMatch(List::isEmpty);
  }

  /**
   * What the newest SPS and the pictures since say; empty before the first readable SPS. A change
   * shows in the format being another one than before.
   */
  public Optional<VideoFormat> format() {
    return reader.format();
  }

  /** How many sequence parameter sets could not be read. */
  public long malformedSets() {
    return reader.malformed();
  }

  private void look(ByteBuffer unit) {
    Kind kind = reader.kind(unit);
    List<ByteBuffer> sets = found.get(kind);
    if (sets != null) {
      if (sets.size() < MAX_SETS && unit.remaining() <= MAX_SET_BYTES) {
        sets.add(unit);
      }
    } else if (kind == Kind.SLICE) {
      reader.slice(unit);
    }
  }

  private void remember(Kind kind, List<ByteBuffer> sets) {
    if (sets.isEmpty() || sets.equals(newest.get(kind))) {
      return;
    }
    List<ByteBuffer> copies = new ArrayList<>(sets.size());
    for (ByteBuffer set : sets) {
      ByteBuffer copy = ByteBuffer.allocate(set.remaining());
      copies.add(copy.put(set.duplicate()).flip().asReadOnlyBuffer());
    }
    newest.put(kind, List.copyOf(copies));
    if (kind == Kind.SPS) {
      reader.sequence(copies.getFirst());
    }
  }

  private boolean lacksSets() {
    return found.values().stream().anyMatch(List::isEmpty);
  }

  private List<ByteBuffer> withSets(List<ByteBuffer> units) {
    List<ByteBuffer> complete = new ArrayList<>(units.size() + 3);
    for (Kind kind : reader.needed()) {
      for (ByteBuffer set : newest.getOrDefault(kind, List.of())) {
        complete.add(set.duplicate());
      }
    }
    for (ByteBuffer unit : units) {
      if (unit.hasRemaining() && !standsInFront(reader.kind(unit))) {
        complete.add(unit);
      }
    }
    return complete;
  }

  private static boolean standsInFront(Kind kind) {
    return switch (kind) {
      case VPS, SPS, PPS, ACCESS_UNIT_DELIMITER -> true;
      case SLICE, OTHER -> false;
    };
  }
}
