package io.roadcast.bench.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Sends pictures as a terminal does: JT/T 1078-2016 table 19 over TCP, 6-byte id, channel 1. */
public final class TerminalFeed implements PictureSink {
  public static final String STREAM = "13912345678-1";
  private static final byte[] TERMINAL = HexFormat.of().parseHex("013912345678");
  private static final int MAX_BODY_BYTES = 950;
  private static final int HEADER_BYTES = 30;
  private static final int MAGIC = 0x3031_6364;
  private static final int H264 = 98;
  private static final int FRAME_MILLIS = 40;

  private final Socket socket;
  private final OutputStream out;
  private int sequence;
  private long keyframeMillis;

  public TerminalFeed(InetSocketAddress server) throws IOException {
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
  }

  @Override
  public void picture(Picture picture) throws IOException {
    ByteBuffer frame = picture.annexB();
    int packets = (frame.remaining() + MAX_BODY_BYTES - 1) / MAX_BODY_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(frame.remaining() + packets * HEADER_BYTES);
    if (picture.keyframe()) {
      keyframeMillis = picture.millis();
    }
    for (int i = 0; i < packets; i++) {
      int body = Math.min(MAX_BODY_BYTES, frame.remaining());
      boolean last = i == packets - 1;
      bytes
          .putInt(MAGIC)
          .put((byte) 0x81)
          .put((byte) (last ? 0x80 | H264 : H264))
          .putShort((short) sequence++)
          .put(TERMINAL)
          .put((byte) 1)
          .put((byte) ((picture.keyframe() ? 0 : 1) << 4 | place(i, packets)))
          .putLong(picture.millis())
          .putShort((short) (picture.millis() - keyframeMillis))
          .putShort((short) FRAME_MILLIS)
          .putShort((short) body)
          .put(frame.slice(frame.position(), body));
      frame.position(frame.position() + body);
    }
    out.write(bytes.array());
  }

  /** Whole 0, first 1, last 2, between 3. */
  private static int place(int packet, int packets) {
    if (packets == 1) {
      return 0;
    }
    if (packet == 0) {
      return 1;
    }
    return packet == packets - 1 ? 2 : 3;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
