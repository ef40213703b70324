package io.roadcast.bench.terminal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Terminals over TCP, all on the thread that calls in. */
final class TcpTerminals implements AutoCloseable {
  private static final int OF_ONE_ADDRESS = 500;
  private static final int HANDSHAKES_AT_ONCE = 200;

  /** Loopback addresses 127.0.1.0 and up, so that no address has too many. */
  private static final int FIRST_ADDRESS = 0x7f000100;

  /** One of them. */
  static final class Terminal {
    final String phone;
    final SocketChannel channel;
    private final AnswerReader reader = new AnswerReader();
    int serial;
    boolean authenticated;
    boolean ended;
    long heartbeatNanos;

    Terminal(String phone, SocketChannel channel) {
      this.phone = phone;
      this.channel = channel;
    }

    void send(byte[] frame) throws IOException {
      ByteBuffer out = ByteBuffer.wrap(frame);
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }
  }

  /** Is told of answers. */
  @FunctionalInterface
  interface Answered {
    void answered(Terminal terminal, int serial, int id, int result);
  }

  private final Selector selector;
  private final int port;
  private final List<Terminal> terminals = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private Answered listener = (terminal, serial, id, result) -> {};

  TcpTerminals(int port) throws IOException {
    this.selector = Selector.open();
    this.port = port;
  }

  List<Terminal> all() {
    return terminals;
  }

  void listen(Answered answered) {
    listener = answered;
  }

  static String phone(int number) {
    return String.format("0150%08d", number);
  }

  /** Connects and authenticates until there are so many. */
  void growTo(int count) throws IOException {
    while (terminals.size() < count) {
      int end = Math.min(count, terminals.size() + HANDSHAKES_AT_ONCE);
      while (terminals.size() < end) {
        terminals.add(connect(terminals.size()));
      }
      long deadline = System.nanoTime() + 30_000_000_000L;
      runUntil(
          () ->
              terminals.stream()
                  .skip(end - HANDSHAKES_AT_ONCE > 0 ? end - HANDSHAKES_AT_ONCE : 0)
                  .allMatch(each -> each.authenticated || each.ended),
          deadline);
    }
  }

  Terminal connect(int number) throws IOException {
    InetAddress from =
        InetAddress.getByAddress(
            ByteBuffer.allocate(4).putInt(FIRST_ADDRESS + number / OF_ONE_ADDRESS).array());
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress(from, 0));
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.configureBlocking(false);
    Terminal terminal = new Terminal(phone(number), channel);
    channel.register(selector, SelectionKey.OP_READ, terminal);
    terminal.send(TerminalFrame.authentication(terminal.phone, terminal.serial++));
    return terminal;
  }

  /** Reads what comes until something is so, or it is too late; whether it is so. */
  boolean runUntil(BooleanSupplier done, long deadlineNanos) throws IOException {
    boolean so = done.getAsBoolean();
    while (!so && System.nanoTime() < deadlineNanos) {
      selector.select(5);
      readSelected();
      so = done.getAsBoolean();
    }
    return so;
  }

  /**
   * Reads what comes within a millisecond: nobody takes the processor from the server by asking.
   */
  void readAWhile() throws IOException {
    if (selector.select(1) > 0) {
      readSelected();
    }
  }

  private void readSelected() {
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      if (key.attachment() instanceof Terminal terminal) {
        read(terminal);
      }
    }
  }

  private void read(Terminal terminal) {
    try {
      int n = terminal.channel.read(buffer.clear());
      if (n < 0) {
        end(terminal);
        return;
      }
      terminal.reader.read(
          buffer.flip(),
          (phone, serial, id, result) -> {
            if (id == TerminalFrame.AUTHENTICATION && result == 0) {
              terminal.authenticated = true;
            }
            listener.answered(terminal, serial, id, result);
          });
    } catch (IOException lost) {
      end(terminal);
    }
  }

  static void end(Terminal terminal) {
    terminal.ended = true;
    try {
      terminal.channel.close();
    } catch (IOException e) {
      // it is over anyway
    }
  }

  long authenticated() {
    return terminals.stream().filter(each -> each.authenticated && !each.ended).count();
  }

  @Override
  public void close() throws IOException {
    terminals.forEach(TcpTerminals::end);
    selector.close();
  }
}
