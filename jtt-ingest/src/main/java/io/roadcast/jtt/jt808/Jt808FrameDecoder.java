package io.roadcast.jtt.jt808;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts the bytes of one connection, or of one datagram, into frames (JT/T 808-2019 section 4.4.2):
 * cut at 0x7e, unescape, verify the check code, read the header. One 0x7e may end a frame and begin
 * the next; nothing between two of them is no frame. What is no frame is reported and skipped.
 *
 * <p>Holds at most one frame, about 1 KB, whatever comes in. Belongs to one thread.
 */
public final class Jt808FrameDecoder {
  private static final int DELIMITER = 0x7e;
  private static final int ESCAPE = 0x7d;
  private static final int LONGEST_HEADER = 21;
  private static final int LONGEST_FRAME = LONGEST_HEADER + Jt808Header.MAX_BODY_BYTES + 1;
  private static final int FIRST_ROOM = 128;

  /** What became of the bytes since the last 0x7e. */
  private enum Run {
    BEFORE_FIRST,
    SOUND,
    BAD_ESCAPE,
    OVERSIZED
  }

  private byte[] frame = new byte[FIRST_ROOM];
  private int length;
  private boolean escaping;
  private int wireBytes;
  private Run run = Run.BEFORE_FIRST;

  /** Reads all readable bytes; the buffer stays the caller's. */
  public void read(ByteBuf in, Jt808FrameListener listener) {
    while (in.isReadable()) {
      int value = in.readUnsignedByte();
      if (value == DELIMITER) {
        finish(listener);
      } else {
        add(value, listener);
      }
    }
  }

  /** Whether nothing has come since the last 0x7e. */
  public boolean isBetweenFrames() {
    return run != Run.BEFORE_FIRST && wireBytes == 0;
  }

  /** The input ends here: reports what is unfinished, and begins anew. */
  public void end(Jt808FrameListener listener) {
    if (wireBytes > 0) {
      switch (run) {
        case BEFORE_FIRST -> listener.fault(FrameFault.BYTES_BEFORE_FRAME, wireBytes);
        case SOUND, BAD_ESCAPE -> listener.fault(FrameFault.UNFINISHED_FRAME, wireBytes);
        case OVERSIZED -> {
          // Was reported when it grew too long.
        }
      }
    }
    clear();
    run = Run.BEFORE_FIRST;
  }

  private void add(int value, Jt808FrameListener listener) {
    wireBytes++;
    if (run == Run.OVERSIZED) {
      wireBytes = 1;
      return;
    }
    if (wireBytes > 2 * LONGEST_FRAME || length == LONGEST_FRAME) {
      listener.fault(FrameFault.OVERSIZED_FRAME, wireBytes);
      run = Run.OVERSIZED;
      return;
    }
    if (run != Run.SOUND) {
      return;
    }
    if (!escaping) {
      if (value == ESCAPE) {
        escaping = true;
      } else {
        append(value);
      }
    } else if (value == 1 || value == 2) {
      escaping = false;
      append(ESCAPE + value - 1);
    } else {
      run = Run.BAD_ESCAPE;
    }
  }

  private void append(int value) {
    if (length == frame.length) {
      frame = Arrays.copyOf(frame, Math.min(LONGEST_FRAME, 2 * frame.length));
    }
    frame[length++] = (byte) value;
  }

  private void finish(Jt808FrameListener listener) {
    if (wireBytes > 0) {
      switch (run) {
        case BEFORE_FIRST -> listener.fault(FrameFault.BYTES_BEFORE_FRAME, wireBytes);
        case BAD_ESCAPE -> listener.fault(FrameFault.BAD_ESCAPE, wireBytes);
        case SOUND -> check(listener);
        case OVERSIZED -> {
          // Was reported when it grew too long.
        }
      }
    }
    clear();
    run = Run.SOUND;
  }

  private void clear() {
    length = 0;
    wireBytes = 0;
    escaping = false;
  }

  private void check(Jt808FrameListener listener) {
    if (escaping) {
      listener.fault(FrameFault.BAD_ESCAPE, wireBytes);
      return;
    }
    Bytes content = Bytes.of(frame, 0, length);
    FrameFault fault = FrameReading.fault(content);
    if (fault != null) {
      listener.fault(fault, wireBytes);
    } else {
      listener.frame(FrameReading.read(content));
    }
  }
}
