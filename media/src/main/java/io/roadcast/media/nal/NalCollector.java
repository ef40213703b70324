package io.roadcast.media.nal;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where depacketizers put the NAL units of one access unit together. Bounded: more bytes or units
 * than a picture can have are refused. Used by one thread at a time.
 */
public final class NalCollector {
  /** Largest access unit in bytes. */
  public static final int MAX_BYTES = 1 << 23;

  private static final int NONE = -1;

  private byte[] bytes = new byte[4096];
  private int length;
  private final List<Integer> ends = new ArrayList<>();
  private int fragmentStart = NONE;
  private boolean damaged;

  /** Adds a whole NAL unit, from position to limit; it is copied. An unfinished one is dropped. */
  public void add(ByteBuffer nalUnit) throws MalformedMediaException {
    drop();
    begin();
    append(nalUnit);
    end();
  }

  /** Begins a NAL unit that comes in parts. An unfinished one is dropped. */
  public void begin() {
    drop();
    fragmentStart = length;
  }

  /** Whether a NAL unit has begun and not ended. */
  public boolean open() {
    return fragmentStart != NONE;
  }

  /** Appends to the open NAL unit. */
  public void append(ByteBuffer part) throws MalformedMediaException {
    int count = part.remaining();
    reserve(count);
    part.get(part.position(), bytes, length, count);
    length += count;
  }

  /** Appends one byte to the open NAL unit. */
  public void append(int value) throws MalformedMediaException {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Ends the open NAL unit. */
  public void end() throws MalformedMediaException {
    if (ends.size() == AnnexB.MAX_NAL_UNITS) {
      clear();
      throw new MalformedMediaException("more than " + AnnexB.MAX_NAL_UNITS + " NAL units");
    }
    ends.add(length);
    fragmentStart = NONE;
  }

  /** Drops the open NAL unit, if there is one, and then marks the access unit as damaged. */
  public void drop() {
    if (open()) {
      length = fragmentStart;
      fragmentStart = NONE;
      damaged = true;
    }
  }

  /** Marks the access unit as damaged. */
  public void damage() {
    drop();
    damaged = true;
  }

  /** Hands out what was collected and begins anew. An unfinished NAL unit is dropped. */
  public AccessUnit take() {
    drop();
    byte[] own = Arrays.copyOf(bytes, length);
    List<ByteBuffer> units = new ArrayList<>(ends.size());
    int start = 0;
    for (int end : ends) {
      units.add(ByteBuffer.wrap(own, start, end - start).slice());
      start = end;
    }
    AccessUnit taken = new AccessUnit(units, damaged);
    clear();
    damaged = false;
    return taken;
  }

  private void reserve(int count) throws MalformedMediaException {
    if (length + count > MAX_BYTES) {
      clear();
      throw new MalformedMediaException("an access unit of more than " + MAX_BYTES + " bytes");
    }
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }

  /** Forgets everything; what was there is missing from the access unit. */
  private void clear() {
    damaged |= length > 0;
    length = 0;
    ends.clear();
    fragmentStart = NONE;
  }
}
