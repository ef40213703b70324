package io.roadcast.jtt.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A terminal that speaks TCP byte by byte as a test tells it. */
final class TestTerminal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  final String phone;
  private final Socket socket;
  private final BlockingQueue<WireMessage> received = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int serial;

  static TestTerminal connect(int port, String phone) throws IOException {
    return connect(port, phone, "127.0.0.1");
  }

  /** From another address of the loopback network. */
  static TestTerminal connect(int port, String phone, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    return new TestTerminal(socket, phone);
  }

  private TestTerminal(Socket socket, String phone) {
    this.socket = socket;
    this.phone = phone;
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    try {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] != 0x7e) {
            frame.write(buffer[i]);
          } else if (frame.size() > 0) {
            received.add(WireMessage.read(frame.toByteArray()));
            frame.reset();
          }
        }
      }
    } catch (IOException e) {
      // reset by the server, or closed by us
    } finally {
      ended.countDown();
    }
  }

  void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void raw(String hex) throws IOException {
    raw(HexFormat.of().parseHex(hex));
  }

  /** Sends a message with the next serial number, which it returns. */
  int send(int id, String bodyHex) throws IOException {
    int used = serial;
    serial = (serial + 1) & 0xffff;
    raw(WireMessage.of(id, phone, used, bodyHex).frame());
    return used;
  }

  /** The next message with a serial number of choice. */
  void nextSerial(int next) {
    serial = next;
  }

  WireMessage receive() throws InterruptedException {
    WireMessage next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError(phone + " received nothing");
    }
    return next;
  }

  /** The next message of this kind; others before it are left out. */
  WireMessage receive(int id) throws InterruptedException {
    WireMessage next = receive();
    while (next.id() != id) {
      next = receive();
    }
    return next;
  }

  boolean hasReceived() {
    return !received.isEmpty();
  }

  /** Sends a message and returns the result of the general answer to it. */
  int asks(int id, String bodyHex) throws IOException, InterruptedException {
    int used = send(id, bodyHex);
    String expected = String.format("%04x%04x", used, id);
    WireMessage answer = receive(0x8001);
    while (!answer.bodyHex().startsWith(expected)) {
      answer = receive(0x8001);
    }
    return answer.body()[4];
  }

  /** 0x0102 with any code; the result of the answer. */
  int authenticate() throws IOException, InterruptedException {
    return phone.length() == 20 ? asks(0x0102, "0131" + "00".repeat(35)) : asks(0x0102, "31");
  }

  boolean awaitEnd() throws InterruptedException {
    return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Goes away without a word. */
  void reset() throws SocketException {
    socket.setSoLinger(true, 0);
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
