package io.roadcast.sfu.transcode;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What goes between the server and a child, over its standard input and output. Big-endian: a mark,
 * a kind, the job's number, the body's length, the body.
 *
 * @param job 0 where it concerns the whole child
 * @param body the receiver's
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
record ChildMessage(Kind kind, int job, byte[] body) {
  private static final int MARK = 0x52435443;
  private static final int MAX_BODY_BYTES = 8 << 20;
  private static final byte[] NOTHING = {};

  enum Kind {
    /** To the child: a job begins; its {@link JobSpec}. */
    OPEN,
    /** Either way: 8 bytes of time in microseconds, then a frame or a block. */
    MEDIA,
    /** To the child: a job is over. */
    CLOSE,
    /** To the child: are you there? */
    PING,
    /** From the child: it can begin. */
    READY,
    /** From the child, in answer to a ping: its {@link ChildHealth}. */
    PONG
  }

  ChildMessage {
    if (body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException("a body of " + body.length + " bytes");
    }
  }

  static ChildMessage of(Kind kind) {
    return new ChildMessage(kind, 0, NOTHING);
  }

  static ChildMessage of(Kind kind, int job) {
    return new ChildMessage(kind, job, NOTHING);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(MARK);
    out.writeByte(kind.ordinal());
    out.writeInt(job);
    out.writeInt(body.length);
    out.write(body);
  }

  /**
   * Waits for a message.
   *
   * @return null at the end of the stream
   * @throws IOException if what comes is no message
   */
  static @Nullable ChildMessage read(DataInputStream in) throws IOException {
    int mark;
    try {
      mark = in.readInt();
    } catch (EOFException end) {
      return null;
    }
    int kind = in.readUnsignedByte();
    int job = in.readInt();
    int length = in.readInt();
    if (mark != MARK || kind >= Kind.values().length || length < 0 || length > MAX_BODY_BYTES) {
      throw new IOException("no message");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new ChildMessage(Kind.values()[kind], job, body);
  }
}
