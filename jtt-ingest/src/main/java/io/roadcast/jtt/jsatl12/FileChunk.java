package io.roadcast.jtt.jsatl12;

import io.netty.buffer.ByteBuf;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.GbkText;

/**
 * A piece of a file on an attachment connection (T/JSATL 12 table 4-27): {@code 30 31 63 64}, name
 * BYTE[50], offset DWORD, length DWORD, data. It is no frame: neither delimiters nor escapes.
 *
 * @param name given by the terminal: never a path; cut to 50 bytes
 * @param offset of the data in the file
 */
public record FileChunk(GbkText name, long offset, Bytes data) {
  static final int MAGIC = 0x30316364;
  static final int NAME_BYTES = 50;
  static final int HEAD_BYTES = 4 + NAME_BYTES + 4 + 4;

  public FileChunk {
    if (name.raw().length() > NAME_BYTES) {
      throw new IllegalArgumentException("a name of " + name.raw().length() + " bytes");
    }
  }

  /** Appends it as it goes on the wire. */
  public void write(ByteBuf out) {
    Bytes raw = name.raw();
    out.writeInt(MAGIC);
    raw.writeTo(out);
    out.writeZero(NAME_BYTES - raw.length());
    out.writeInt((int) offset).writeInt(data.length());
    data.writeTo(out);
  }
}
