package io.roadcast.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808FrameDecoder;
import io.roadcast.jtt.jt808.Jt808FrameListener;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One JT/T 808 connection of a terminal: frames, serial numbers, parts of long messages. Any thread
 * may send; a virtual thread of its own reads.
 */
final class TerminalConnection implements Closeable {
  /** Takes what the platform says, on the reading thread. */
  interface Inbox {
    void received(TerminalConnection connection, Jt808Message message, int serial);

    void ended(TerminalConnection connection);
  }

  private static final int KEPT_LONG_MESSAGES = 4;

  private final PacketPath path;
  private final TerminalPhone phone;
  private final ProtocolVersion version;
  private final Random random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, List<Bytes>> longMessages = new LinkedHashMap<>();
  private final Map<Integer, Map<Integer, Bytes>> parts = new TreeMap<>();
  private double lossPercent;
  private int serial;

  TerminalConnection(PacketPath path, TerminalPhone phone, ProtocolVersion version, Random random) {
    this.path = path;
    this.phone = phone;
    this.version = version;
    this.random = random;
  }

  /** Begins to read. */
  void start(Inbox inbox) {
    Thread.ofVirtual().name("signalling-" + phone).start(() -> read(inbox));
  }

  /** From now on so many of the frames are left out. */
  void lose(double percent) {
    lock.lock();
    try {
      lossPercent = percent;
    } finally {
      lock.unlock();
    }
  }

  /** The serial number of the message's first frame. */
  int send(Jt808Message message) throws IOException {
    lock.lock();
    try {
      int first = serial;
      List<Bytes> frames = Jt808Codec.encode(message, phone, first, version);
      serial = (first + frames.size()) % Jt808Header.SERIALS;
      if (frames.size() > 1) {
        longMessages.put(first, frames);
        if (longMessages.size() > KEPT_LONG_MESSAGES) {
          longMessages.remove(longMessages.keySet().iterator().next());
        }
      }
      for (Bytes frame : frames) {
        transmit(frame);
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Sends parts of a long message again, the very same bytes. */
  void sendAgain(int firstSerial, List<Integer> indexes) throws IOException {
    lock.lock();
    try {
      List<Bytes> frames = longMessages.getOrDefault(firstSerial, List.of());
      for (int index : indexes) {
        if (index >= 1 && index <= frames.size()) {
          transmit(frames.get(index - 1));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void transmit(Bytes frame) throws IOException {
    if (random.nextDouble() * 100 >= lossPercent) {
      path.send(frame.toArray(), 0, frame.length());
    }
  }

  private void read(Inbox inbox) {
    Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    Jt808FrameListener listener =
        new Jt808FrameListener() {
          @Override
          public void frame(Jt808Frame frame) {
            accept(frame, inbox);
          }

          @Override
          public void fault(FrameFault fault, int bytes) {
            // What is no frame is skipped, as terminals do.
          }
        };
    byte[] buffer = new byte[4096];
    try {
      for (int count = path.receive(buffer); count >= 0; count = path.receive(buffer)) {
        ByteBuf in = Unpooled.wrappedBuffer(buffer, 0, count);
        decoder.read(in, listener);
      }
    } catch (IOException ended) {
      // Told below, as every end is.
    } finally {
      inbox.ended(this);
    }
  }

  private void accept(Jt808Frame frame, Inbox inbox) {
    Jt808Header header = frame.header();
    Bytes body = header.subPackaged() ? joined(frame) : frame.body();
    if (body == null) {
      return;
    }
    try {
      Jt808Message message = Jt808Codec.decode(header, body, version).message();
      inbox.received(this, message, header.serial());
    } catch (MalformedMessageException unreadable) {
      // A terminal stays silent about what it can not read.
    }
  }

  /** The whole body once its last part is there. */
  private @Nullable Bytes joined(Jt808Frame frame) {
    Jt808Header header = frame.header();
    int first = Math.floorMod(header.serial() - header.packageIndex() + 1, Jt808Header.SERIALS);
    Map<Integer, Bytes> known = parts.computeIfAbsent(first, fresh -> new TreeMap<>());
    known.put(header.packageIndex(), frame.body());
    if (known.size() < header.packageTotal()) {
      return null;
    }
    parts.remove(first);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    known.values().forEach(part -> all.writeBytes(part.toArray()));
    return Bytes.of(all.toByteArray());
  }

  @Override
  public void close() throws IOException {
    path.close();
  }
}
