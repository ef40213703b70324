package io.roadcast.simulator;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.Bytes;
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
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.RegistrationAnswer;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A platform for one terminal at a time, which lets everybody in and keeps what it is told. */
final class Platform implements AutoCloseable {
  static final String CODE = "let me in";

  private interface Way {
    void send(byte[] bytes) throws IOException;
  }

  /** A whole message with its header; of one in parts, the last part's. */
  record Received(Jt808Header header, Jt808Message message, Bytes body) {}

  private final ProtocolVersion version;
  private final ServerSocket server;
  private final DatagramSocket datagrams;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<Integer, Map<Integer, Bytes>> parts = new ConcurrentHashMap<>();
  private final AtomicInteger serial = new AtomicInteger();
  private volatile @Nullable Socket socket;
  private volatile @Nullable Way way;
  private volatile @Nullable TerminalPhone phone;
  volatile boolean acknowledging = true;

  Platform(ProtocolVersion version) throws IOException {
    this.version = version;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    datagrams = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    Thread.ofVirtual().start(this::receive);
  }

  Signalling signalling() {
    return Signalling.to("127.0.0.1", server.getLocalPort())
        .with(version)
        .withIntervals(Duration.ofMillis(100), Duration.ofMillis(150));
  }

  Signalling signallingByDatagrams() {
    return Signalling.to("127.0.0.1", datagrams.getLocalPort())
        .with(version)
        .with(Transport.UDP)
        .withIntervals(Duration.ofMillis(100), Duration.ofMillis(150));
  }

  <T extends Jt808Message> List<T> received(Class<T> kind) {
    return received.stream()
        .map(Received::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  List<Received> all() {
    return received;
  }

  <T extends Jt808Message> T awaitMessage(Class<T> kind) {
    await().until(() -> !received(kind).isEmpty());
    return received(kind).getFirst();
  }

  /** Sends a message; its serial number. */
  int send(Jt808Message message) throws IOException {
    TerminalPhone to = phone;
    Way by = way;
    if (to == null || by == null) {
      throw new IOException("no terminal is there");
    }
    int first = serial.getAndIncrement();
    for (Bytes frame : Jt808Codec.encode(message, to, first, version)) {
      by.send(frame.toArray());
    }
    return first;
  }

  /** Sends a message and waits for the general answer to it. */
  int resultOf(Jt808Message message) throws IOException {
    int asked = send(message);
    Predicate<TerminalAnswer> mine = answer -> answer.replySerial() == asked;
    await().until(() -> received(TerminalAnswer.class).stream().anyMatch(mine));
    return received(TerminalAnswer.class).stream().filter(mine).findFirst().orElseThrow().result();
  }

  void dropConnection() throws IOException {
    Socket open = socket;
    if (open != null) {
      open.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket next = server.accept();
        socket = next;
        Thread.ofVirtual().start(() -> read(next));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void read(Socket from) {
    Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    byte[] chunk = new byte[4096];
    Way back = bytes -> from.getOutputStream().write(bytes);
    try (from) {
      for (int count = from.getInputStream().read(chunk);
          count >= 0;
          count = from.getInputStream().read(chunk)) {
        decoder.read(Unpooled.copiedBuffer(chunk, 0, count), listener(back));
      }
    } catch (IOException ended) {
      return;
    }
  }

  private void receive() {
    Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    while (!datagrams.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        datagrams.receive(packet);
        SocketAddress from = packet.getSocketAddress();
        Way back = bytes -> datagrams.send(new DatagramPacket(bytes, bytes.length, from));
        decoder.read(
            Unpooled.copiedBuffer(packet.getData(), 0, packet.getLength()), listener(back));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private Jt808FrameListener listener(Way back) {
    return new Jt808FrameListener() {
      @Override
      public void frame(Jt808Frame frame) {
        phone = frame.header().phone();
        way = back;
        try {
          take(frame);
        } catch (IOException gone) {
          return; // The terminal has left, or this test ends.
        } catch (MalformedMessageException failure) {
          throw new AssertionError(failure);
        }
      }

      @Override
      public void fault(FrameFault fault, int bytes) {
        throw new AssertionError(fault + " in what a terminal sent");
      }
    };
  }

  private void take(Jt808Frame frame) throws IOException, MalformedMessageException {
    Jt808Header header = frame.header();
    Bytes body = header.subPackaged() ? joined(frame) : frame.body();
    if (body != null) {
      Jt808Message message = Jt808Codec.decode(header, body, version).message();
      received.add(new Received(header, message, body));
      switch (message) {
        case Registration registration ->
            send(new RegistrationAnswer(header.serial(), 0, GbkText.of(CODE)));
        case Authentication authentication -> acknowledge(header);
        case TerminalAnswer answer -> {}
        default -> {
          if (acknowledging) {
            acknowledge(header);
          }
        }
      }
    }
  }

  private void acknowledge(Jt808Header header) throws IOException {
    send(new PlatformAnswer(header.serial(), header.messageId(), 0));
  }

  private @Nullable Bytes joined(Jt808Frame frame) {
    Jt808Header header = frame.header();
    int first = header.serial() - header.packageIndex() + 1;
    Map<Integer, Bytes> known = parts.computeIfAbsent(first, fresh -> new TreeMap<>());
    known.put(header.packageIndex(), frame.body());
    if (known.size() < header.packageTotal()) {
      return null;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    known.values().forEach(part -> all.writeBytes(part.toArray()));
    return Bytes.of(all.toByteArray());
  }

  @Override
  public void close() throws IOException {
    server.close();
    datagrams.close();
    dropConnection();
  }
}
