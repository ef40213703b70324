package io.roadcast.jtt.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt808.AssemblyLimits;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808FrameDecoder;
import io.roadcast.jtt.jt808.Jt808FrameListener;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.SubPackageAssembler;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads recorded JT/T 808 bytes as the server would read them, and reports what they are. The
 * caller brings the thread.
 */
public final class Jt808Inspection {
  private static final int PIECE_BYTES = 64 * 1024;
  private static final AssemblyLimits UNHURRIED =
      new AssemblyLimits(0xffff, 64 << 20, 1024, 256 << 20, Duration.ofDays(1), 1);

  private final Jt808JsonReport report;
  private final @Nullable ProtocolVersion version;

  /**
   * @param version whose layouts the bodies have; null to tell from headers, and for bare bodies
   *     2013
   */
  public Jt808Inspection(Jt808JsonReport report, @Nullable ProtocolVersion version) {
    this.report = report;
    this.version = version;
  }

  /**
   * Reads to the end of the input, which stays open: bytes as they went over the wire, or text with
   * whole frames in hexadecimal on each line.
   */
  public void frames(InputStream input) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(input, PIECE_BYTES);
    SubPackageAssembler parts = new SubPackageAssembler(UNHURRIED, InstantSource.system());
    Frames frames = new Frames(parts);
    Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    if (isText(buffered)) {
      hexLines(
          buffered,
          bytes -> {
            decoder.read(Unpooled.wrappedBuffer(bytes.toArray()), frames);
            decoder.end(frames);
          });
    } else {
      ByteBuf piece = Unpooled.buffer(PIECE_BYTES);
      while (piece.clear().writeBytes(buffered, PIECE_BYTES) >= 0) {
        decoder.read(piece, frames);
      }
      decoder.end(frames);
    }
    parts.incomplete().forEach(report::incomplete);
    report.end();
  }

  /**
   * Reads text with one body in hexadecimal per line, to the end of the input, which stays open.
   */
  public void bodies(int messageId, InputStream input) throws IOException {
    ProtocolVersion layout = version == null ? ProtocolVersion.V2013 : version;
    hexLines(input, body -> report.body(messageId, body, layout));
    report.end();
  }

  /** Frames on the wire begin with 0x7e and have bytes that no text has. */
  private static boolean isText(BufferedInputStream input) throws IOException {
    input.mark(PIECE_BYTES);
    byte[] beginning = input.readNBytes(PIECE_BYTES / 2);
    input.reset();
    for (byte value : beginning) {
      if (value < ' ' && !Character.isWhitespace(value)) {
        return false;
      }
    }
    return beginning.length == 0 || beginning[0] != '~';
  }

  private void hexLines(InputStream input, Consumer<Bytes> each) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.ISO_8859_1));
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      String digits = line.replaceAll("\\s", "");
      Bytes bytes = null;
      try {
        bytes = Bytes.ofHex(digits);
      } catch (IllegalArgumentException notHex) {
        report.notHex(number);
      }
      if (bytes != null) {
        each.accept(bytes);
      }
    }
  }

  /** Takes the frames, and joins those that are parts. */
  private final class Frames implements Jt808FrameListener {
    private final SubPackageAssembler parts;

    Frames(SubPackageAssembler parts) {
      this.parts = parts;
    }

    @Override
    public void frame(Jt808Frame frame) {
      ProtocolVersion layout = version == null ? frame.header().version() : version;
      if (frame.header().subPackaged()) {
        report.part(frame, parts.add(frame), layout);
      } else {
        report.message(frame, layout);
      }
    }

    @Override
    public void fault(FrameFault fault, int bytes) {
      report.fault(fault, bytes);
    }
  }
}
