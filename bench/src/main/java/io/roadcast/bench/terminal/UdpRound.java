package io.roadcast.bench.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.BitSet;

/** Many terminals behind one UDP socket. */
final class UdpRound {
  private static final int BUFFER_BYTES = 8 << 20;
  private static final int FIRST_NUMBER = 1_000_000;
  private static final int UNANSWERED_AT_ONCE = 400;
  private static final int ROUNDS = 5;
  private static final long LAST_ANSWERS_NANOS = 2_000_000_000L;

  private final ServerProcess server;
  private final PrintWriter out;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
  private final AnswerReader reader = new AnswerReader();

  UdpRound(ServerProcess server, PrintWriter out) {
    this.server = server;
    this.out = out;
  }

  /** Whether all terminals authenticated themselves. */
  boolean run(int count, int seconds) throws IOException, InterruptedException {
    try (DatagramChannel socket = DatagramChannel.open();
        Selector selector = Selector.open()) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      socket.connect(new InetSocketAddress("127.0.0.1", server.signallingPort()));
      socket.configureBlocking(false);
      socket.register(selector, SelectionKey.OP_READ);
      long before = server.residentBytes();
      BitSet authenticated = authenticate(socket, count);
      long each = (server.residentBytes() - before) / Math.max(1, authenticated.cardinality());
      out.printf(
          "UDP: %d of %d terminals on one socket, %d bytes each%n",
          authenticated.cardinality(), count, each);
      out.printf("UDP heartbeats: %s%n", heartbeats(socket, selector, count, seconds));
      out.flush();
      return authenticated.cardinality() == count;
    }
  }

  private BitSet authenticate(DatagramChannel socket, int count) throws IOException {
    BitSet done = new BitSet(count);
    for (int round = 0; round < ROUNDS && done.cardinality() < count; round++) {
      int sent = 0;
      int before = done.cardinality();
      for (int i = done.nextClearBit(0); i < count; i = done.nextClearBit(i + 1)) {
        socket.write(
            ByteBuffer.wrap(TerminalFrame.authentication(TcpTerminals.phone(FIRST_NUMBER + i), 0)));
        sent++;
        long patience = System.nanoTime() + 200_000_000L;
        do {
          drain(socket, (phone, serial, id, result) -> done.set(number(phone)));
        } while (sent - (done.cardinality() - before) > UNANSWERED_AT_ONCE
            && System.nanoTime() < patience);
      }
      long last = System.nanoTime() + LAST_ANSWERS_NANOS;
      while (done.cardinality() < count && System.nanoTime() < last) {
        drain(socket, (phone, serial, id, result) -> done.set(number(phone)));
      }
    }
    return done;
  }

  private static int number(String phone) {
    return Integer.parseInt(phone.substring(4)) - FIRST_NUMBER;
  }

  private Delays heartbeats(DatagramChannel socket, Selector selector, int count, int seconds)
      throws IOException {
    Delays delays = new Delays();
    long[] sentAt = new long[count];
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    double perNano = count / 30e9;
    long sent = 0;
    while (System.nanoTime() < end + 1_000_000_000L) {
      long now = System.nanoTime();
      long due = now < end ? (long) ((now - begin) * perNano) : sent;
      for (; sent < due; sent++) {
        int terminal = (int) (sent % count);
        sentAt[terminal] = System.nanoTime();
        int serial = (int) (1 + sent / count) & 0xffff;
        socket.write(
            ByteBuffer.wrap(
                TerminalFrame.heartbeat(TcpTerminals.phone(FIRST_NUMBER + terminal), serial)));
      }
      selector.select(1); // nobody takes the processor from the server by asking
      selector.selectedKeys().clear();
      drain(
          socket,
          (phone, serial, id, result) -> {
            if (id == TerminalFrame.HEARTBEAT) {
              delays.add(System.nanoTime() - sentAt[number(phone)]);
            }
          });
    }
    out.printf("UDP heartbeats: %d sent, %d lost%n", sent, sent - delays.count());
    return delays;
  }

  private void drain(DatagramChannel socket, AnswerReader.Answers answers) throws IOException {
    while (socket.read(buffer.clear()) > 0) {
      reader.read(buffer.flip(), answers);
    }
  }
}
