package io.roadcast.jtt.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the fields of a message's body from front to back; big-endian. A value that does not fit
 * its field is the caller's mistake: {@link IllegalArgumentException}.
 */
final class BodyWriter {
  private final ByteBuf out = Unpooled.buffer(64);

  BodyWriter u8(int value) {
    out.writeByte((int) checked(value, 1));
    return this;
  }

  BodyWriter u16(int value) {
    out.writeShort((int) checked(value, 2));
    return this;
  }

  BodyWriter u32(long value) {
    out.writeInt((int) checked(value, 4));
    return this;
  }

  BodyWriter u64(long value) {
    out.writeLong(value);
    return this;
  }

  BodyWriter time(TerminalTime time) {
    out.writeShort((int) (time.bcd() >>> 32)).writeInt((int) time.bcd());
    return this;
  }

  BodyWriter bytes(Bytes bytes) {
    bytes.writeTo(out);
    return this;
  }

  /** A text that takes all that remains. */
  BodyWriter text(GbkText text) {
    return bytes(text.raw());
  }

  /** A text in a field of fixed width, filled with zero bytes behind. */
  BodyWriter text(GbkText text, int width) {
    return bytes(text.raw(), width);
  }

  /** Bytes in a field of fixed width, filled with zero bytes behind. */
  BodyWriter bytes(Bytes bytes, int width) {
    if (bytes.length() > width) {
      throw new IllegalArgumentException(bytes.length() + " bytes for a field of " + width);
    }
    bytes.writeTo(out);
    out.writeZero(width - bytes.length());
    return this;
  }

  /** A text after a BYTE that holds its length. */
  BodyWriter sizedText(GbkText text) {
    return u8(text.raw().length()).text(text);
  }

  /** Elements one after another. */
  <T> BodyWriter list(List<T> list, BiConsumer<T, BodyWriter> element) {
    for (T each : list) {
      element.accept(each, this);
    }
    return this;
  }

  Bytes written() {
    byte[] bytes = new byte[out.readableBytes()];
    out.getBytes(out.readerIndex(), bytes);
    return Bytes.wrap(bytes);
  }

  private static long checked(long value, int bytes) {
    if (value >>> (8 * bytes) != 0) {
      throw new IllegalArgumentException(value + " does not fit in " + bytes + " bytes");
    }
    return value;
  }
}
