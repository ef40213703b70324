package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.segment.Owner;
import java.time.Instant;

/**
 * A time of a stream that there are pictures of without a gap.
 *
 * @param origin who has them
 * @param to exclusive; of what is being recorded, as far as it goes by now
 * @param growing whether it is being recorded
 * @param codec "h264" or "h265"
 */
public record Span(
    Origin origin,
    String stream,
    String quality,
    Owner owner,
    Instant from,
    Instant to,
    boolean growing,
    String codec,
    int width,
    int height) {
  /** Where pictures of a past time lie. */
  public enum Origin {
    SERVER,
    TERMINAL;

    public String label() {
      return switch (this) {
        case SERVER -> "server";
        case TERMINAL -> "terminal";
      };
    }
  }

  Span until(Instant end, boolean stillGrowing) {
    return new Span(origin, stream, quality, owner, from, end, stillGrowing, codec, width, height);
  }

  Span within(Instant newFrom, Instant newTo) {
    return new Span(origin, stream, quality, owner, newFrom, newTo, growing, codec, width, height);
  }

  boolean sameKind(Span other) {
    return origin == other.origin
        && owner.equals(other.owner)
        && codec.equals(other.codec)
        && width == other.width
        && height == other.height;
  }
}
