package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.AnnexB;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes whole pictures of a channel's video frames: NAL units that came in frames of their own
 * (parameter sets, SEI) are put in front of the next picture. NAL unit types are believed, not the
 * type nibble. Used by one thread.
 */
final class PictureBuilder {
  private static final int MAX_HELD_BYTES = 16 * 1024;

  private final List<ByteBuffer> held = new ArrayList<>();
  private final List<ByteBuffer> picture = new ArrayList<>();
  private int heldBytes;
  private Codec announced = Codec.OTHER_VIDEO;
  private Codec codec = Codec.OTHER_VIDEO;
  private boolean keyframe;

  /**
   * Takes a complete frame.
   *
   * @param frame Annex B; borrowed, and kept by {@link #nalUnits()} until the next call
   * @param announcedCodec as the payload type says
   * @return whether there is a picture now
   */
  boolean add(ByteBuffer frame, Codec announcedCodec) throws MalformedMediaException {
    List<ByteBuffer> units = AnnexB.splitOrWhole(frame);
    if (announcedCodec != announced) {
      announced = announcedCodec;
      codec = announcedCodec;
    }
    Codec proved = VideoCodecSniffer.sniff(units, codec);
    if (proved != codec) {
      forget();
      codec = proved;
    }
    picture.clear();
    keyframe = false;
    if (codec == Codec.OTHER_VIDEO) {
      picture.addAll(units);
      return !units.isEmpty();
    }
    boolean shown = note(units);
    if (!shown) {
      hold(units);
      return false;
    }
    takeHeld();
    picture.addAll(units);
    return true;
  }

  /** The picture in decoding order; borrowed until the next frame is added. */
  List<ByteBuffer> nalUnits() {
    return picture;
  }

  /** What the bytes are, which may differ from what was announced. */
  Codec codec() {
    return codec;
  }

  boolean keyframe() {
    return keyframe;
  }

  /**
   * Whether nothing refers to a frame whose beginning this is; false in doubt.
   *
   * @param beginning Annex B, maybe cut off
   */
  boolean disposable(ByteBuffer beginning) {
    try {
      for (ByteBuffer unit : AnnexB.split(beginning)) {
        NalKind kind = NalKind.of(codec, unit);
        if (kind.picture()) {
          return kind == NalKind.DISPOSABLE_PICTURE;
        }
      }
    } catch (MalformedMediaException e) {
      return false;
    }
    return false;
  }

  private boolean note(List<ByteBuffer> units) {
    boolean shown = false;
    for (ByteBuffer unit : units) {
      NalKind kind = NalKind.of(codec, unit);
      shown |= kind.picture();
      keyframe |= kind == NalKind.KEY_PICTURE;
    }
    return shown;
  }

  private void hold(List<ByteBuffer> units) {
    for (ByteBuffer unit : units) {
      if (heldBytes + unit.remaining() > MAX_HELD_BYTES) {
        held.clear();
        heldBytes = 0;
      }
      if (unit.remaining() <= MAX_HELD_BYTES) {
        held.add(copy(unit));
        heldBytes += unit.remaining();
      }
    }
  }

  private void takeHeld() {
    picture.addAll(held);
    held.clear();
    heldBytes = 0;
  }

  private void forget() {
    held.clear();
    heldBytes = 0;
  }

  private static ByteBuffer copy(ByteBuffer unit) {
    return ByteBuffer.allocate(unit.remaining()).put(unit.duplicate()).flip();
  }
}
