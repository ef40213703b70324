package io.roadcast.jtt.attachment;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jsatl12.FileChunk;
import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.AttachmentFile;
import io.roadcast.jtt.jt808.AttachmentFileAnswer;
import io.roadcast.jtt.jt808.AttachmentFileSent;
import io.roadcast.jtt.jt808.AttachmentList;
import io.roadcast.jtt.jt808.AttachmentName;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808FrameDecoder;
import io.roadcast.jtt.jt808.Jt808FrameListener;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A terminal at the attachment port, which does exactly what a test says. */
final class FileTerminal implements AutoCloseable {
  static final String DIGITS = "13912345678";
  static final AlarmIdentifier ALARM =
      new AlarmIdentifier(Bytes.ofHex("31323334353637" + "261121123456" + "00" + "02" + "00"));

  private final Socket socket;
  private final TerminalPhone phone;
  private final Jt808FrameDecoder decoder = new Jt808FrameDecoder();
  private final Deque<Jt808Frame> frames = new ArrayDeque<>();
  private int serial;

  FileTerminal(int port) throws IOException {
    this(port, DIGITS);
  }

  FileTerminal(int port, String digits) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    phone = TerminalPhone.of(digits, ProtocolVersion.V2013);
  }

  void send(Bytes bytes) throws IOException {
    socket.getOutputStream().write(bytes.toArray());
    socket.getOutputStream().flush();
  }

  void send(Jt808Message message) throws IOException {
    List<Bytes> all = Jt808Codec.encode(message, phone, serial, ProtocolVersion.V2013);
    serial += all.size();
    for (Bytes each : all) {
      send(each);
    }
  }

  void chunk(String name, long offset, byte[] data) throws IOException {
    ByteBuf out = Unpooled.buffer();
    GbkText text = GbkText.of(name);
    if (text.raw().length() > 50) {
      text = new GbkText(text.raw().slice(0, 50));
    }
    new FileChunk(text, offset, Bytes.of(data)).write(out);
    send(Bytes.of(ByteBufUtil.getBytes(out)));
  }

  /** 0x1210, and the result byte of its answer. */
  int list(AttachmentRequestText request, int kind, AttachmentName... files) throws Exception {
    send(
        new AttachmentList(
            GbkText.of("1234567"),
            request.alarm(),
            GbkText.of(request.number()),
            kind,
            List.of(files)));
    return general();
  }

  /** What 0x9208 told. */
  record AttachmentRequestText(String number, AlarmIdentifier alarm) {}

  static AttachmentName named(String name, long size) {
    return new AttachmentName(GbkText.of(name), size);
  }

  int begin(String name, int type, long size) throws Exception {
    send(new AttachmentFile(GbkText.of(name), type, size));
    return general();
  }

  AttachmentFileAnswer sent(String name, int type, long size) throws Exception {
    send(new AttachmentFileSent(GbkText.of(name), type, size));
    return (AttachmentFileAnswer) next();
  }

  int general() throws Exception {
    return ((PlatformAnswer) next()).result();
  }

  Jt808Message next() throws IOException, MalformedMessageException {
    while (frames.isEmpty()) {
      byte[] bytes = new byte[4096];
      int length = socket.getInputStream().read(bytes);
      if (length < 0) {
        throw new IOException("closed by the server");
      }
      decoder.read(
          Unpooled.wrappedBuffer(bytes, 0, length),
          new Jt808FrameListener() {
            @Override
            public void frame(Jt808Frame frame) {
              frames.add(frame);
            }

            @Override
            public void fault(FrameFault fault, int count) {
              throw new AssertionError(fault);
            }
          });
    }
    return Jt808Codec.decode(frames.remove()).message();
  }

  /** Whether the server has ended the connection. */
  boolean ended() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The terminal's link to the gateway. */
  static TerminalLink link(String digits) {
    return new TerminalLink() {
      @Override
      public String terminal() {
        return digits;
      }

      @Override
      public long epoch() {
        return 1;
      }

      @Override
      public ProtocolVersion version() {
        return ProtocolVersion.V2013;
      }

      @Override
      public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      }

      @Override
      public CompletionStage<Jt808Message> request(Jt808Message command, Duration timeout) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void send(Jt808Message message) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
