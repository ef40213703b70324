package io.roadcast.simulator.alarm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jsatl12.FileChunk;
import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.AttachmentFile;
import io.roadcast.jtt.jt808.AttachmentFileAnswer;
import io.roadcast.jtt.jt808.AttachmentFileSent;
import io.roadcast.jtt.jt808.AttachmentList;
import io.roadcast.jtt.jt808.AttachmentName;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FileRange;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808FrameDecoder;
import io.roadcast.jtt.jt808.Jt808FrameListener;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of one alarm to the attachment server, well or badly, and comes back when the
 * connection breaks. Blocks; used by one thread.
 */
public final class FileCourier {
  private static final Logger log = LoggerFactory.getLogger(FileCourier.class);
  private static final int PIECE_BYTES = 8 << 10;
  private static final int NAME_BYTES = 50;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 15_000;
  private static final int ATTEMPTS = 4;
  private static final int ROUNDS = 8;
  private static final int MISSING_PERCENT = 30;

  private final TerminalPhone phone;
  private final ProtocolVersion version;
  private final Set<AlarmPlan.Fault> faults;
  private final Random random;

  public FileCourier(
      TerminalPhone phone, ProtocolVersion version, Set<AlarmPlan.Fault> faults, Random random) {
    this.phone = phone;
    this.version = version;
    this.faults = Set.copyOf(faults);
    this.random = random;
  }

  /**
   * Uploads.
   *
   * @return how many files the platform has taken
   */
  public int deliver(AttachmentUpload asked, List<AlarmFile> files) throws InterruptedException {
    List<AlarmFile> left = new ArrayList<>(files);
    boolean cut = faults.contains(AlarmPlan.Fault.CUT);
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      try (Conversation conversation = new Conversation(asked)) {
        conversation.list(asked.alarm(), asked.alarmNumber(), attempt, left);
        for (AlarmFile file : List.copyOf(left)) {
          conversation.bring(file, cut);
          left.remove(file);
        }
      } catch (IOException broken) {
        log.debug("{}: files of an alarm: {}", phone, broken.toString());
        cut = false;
        Thread.sleep(200L << attempt);
      }
    }
    return files.size() - left.size();
  }

  /** One connection. */
  private final class Conversation implements AutoCloseable {
    private final Socket socket = new Socket();
    private final OutputStream out;
    private final Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    private final Deque<Jt808Frame> frames = new ArrayDeque<>();
    private int serial;

    Conversation(AttachmentUpload asked) throws IOException {
      socket.connect(
          new InetSocketAddress(asked.address().value(), asked.tcpPort()), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      out = new BufferedOutputStream(socket.getOutputStream());
    }

    void list(AlarmIdentifier alarm, GbkText number, int attempt, List<AlarmFile> files)
        throws IOException {
      boolean wrong = faults.contains(AlarmPlan.Fault.SIZES);
      List<AttachmentName> names =
          files.stream()
              .map(
                  file ->
                      new AttachmentName(
                          GbkText.of(file.name()), file.bytes().length / (wrong ? 2 : 1)))
              .toList();
      send(new AttachmentList(alarm.terminalId(), alarm, number, attempt == 0 ? 0 : 1, names));
      expectDone();
    }

    void bring(AlarmFile file, boolean cut) throws IOException {
      GbkText name = GbkText.of(file.name());
      send(new AttachmentFile(name, file.type(), file.bytes().length));
      expectDone();
      List<FileRange> ranges = pieces(new FileRange(0, file.bytes().length));
      if (cut) {
        pieces(file, ranges.subList(0, ranges.size() / 2));
        throw new IOException("cut on purpose");
      }
      pieces(file, atFirst(ranges));
      for (int round = 0; round < ROUNDS; round++) {
        send(new AttachmentFileSent(name, file.type(), file.bytes().length));
        if (!(next() instanceof AttachmentFileAnswer answer)) {
          throw new IOException("an answer of another kind");
        }
        if (answer.result() == 0) {
          return;
        }
        for (FileRange missing : answer.missing()) {
          pieces(file, pieces(missing));
        }
      }
      throw new IOException("asked for again and again");
    }

    private List<FileRange> atFirst(List<FileRange> ranges) {
      List<FileRange> sent = new ArrayList<>(ranges);
      if (faults.contains(AlarmPlan.Fault.REPEAT)) {
        sent.addAll(ranges);
      }
      if (faults.contains(AlarmPlan.Fault.REORDER)) {
        Collections.shuffle(sent, random);
      }
      if (faults.contains(AlarmPlan.Fault.MISSING)) {
        sent.removeIf(range -> random.nextInt(100) < MISSING_PERCENT);
      }
      return sent;
    }

    private static List<FileRange> pieces(FileRange range) {
      List<FileRange> pieces = new ArrayList<>();
      for (long at = 0; at < range.length(); at += PIECE_BYTES) {
        pieces.add(new FileRange(range.offset() + at, Math.min(PIECE_BYTES, range.length() - at)));
      }
      return pieces;
    }

    private void pieces(AlarmFile file, List<FileRange> ranges) throws IOException {
      GbkText whole = GbkText.of(file.name());
      GbkText name =
          whole.raw().length() > NAME_BYTES ? new GbkText(whole.raw().slice(0, NAME_BYTES)) : whole;
      for (FileRange range : ranges) {
        int from = (int) range.offset();
        byte[] data = Arrays.copyOfRange(file.bytes(), from, from + (int) range.length());
        ByteBuf piece = Unpooled.buffer();
        new FileChunk(name, range.offset(), Bytes.of(data)).write(piece);
        out.write(ByteBufUtil.getBytes(piece));
      }
      out.flush();
    }

    private void send(Jt808Message message) throws IOException {
      List<Bytes> all = Jt808Codec.encode(message, phone, serial, version);
      serial = (serial + all.size()) % Jt808Header.SERIALS;
      for (Bytes frame : all) {
        out.write(frame.toArray());
      }
      out.flush();
    }

    private void expectDone() throws IOException {
      if (!(next() instanceof PlatformAnswer answer) || answer.result() != 0) {
        throw new IOException("refused");
      }
    }

    private Jt808Message next() throws IOException {
      byte[] bytes = new byte[4096];
      while (frames.isEmpty()) {
        int length = socket.getInputStream().read(bytes);
        if (length < 0) {
          throw new IOException("closed by the platform");
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
                // What is no frame is skipped, as terminals do.
              }
            });
      }
      try {
        return Jt808Codec.decode(frames.remove()).message();
      } catch (MalformedMessageException unreadable) {
        throw new IOException(unreadable);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
