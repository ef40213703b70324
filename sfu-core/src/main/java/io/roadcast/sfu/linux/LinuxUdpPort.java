package io.roadcast.sfu.linux;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PeerPath;
import io.roadcast.sfu.udp.PortSharing;
import io.roadcast.sfu.udp.ReceiveBatch;
import io.roadcast.sfu.udp.SendBatch;
import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;

/**
 * The port on Linux: batches in both directions, and a run of equal packets is one message that the
 * kernel or the network card segments. Makes no object and takes no lock per packet.
 */
public final class LinuxUdpPort implements UdpPort {
  private static final int RECEIVE_MESSAGES = 64;

  private final Syscalls calls;
  private final Arena arena;
  private final BoundSocket socket;
  private final Readiness readiness;
  private final Outgoing outgoing;
  private final MessageVector incoming;
  private final SenderName senders;
  private final MemorySegment received;
  private volatile long errors;
  private boolean closed;

  private LinuxUdpPort(
      Syscalls calls,
      Arena arena,
      BoundSocket socket,
      Readiness readiness,
      Segmentation segmentation) {
    this.calls = calls;
    this.arena = arena;
    this.socket = socket;
    this.readiness = readiness;
    this.outgoing = new Outgoing(arena, segmentation);
    this.incoming = new MessageVector(arena, RECEIVE_MESSAGES);
    this.senders = incoming.sender();
    this.received = arena.allocate((long) RECEIVE_MESSAGES * ReceiveBatch.SLOT_BYTES, 64);
    for (int i = 0; i < RECEIVE_MESSAGES; i++) {
      incoming.memory(i, slot(i) + received.address(), ReceiveBatch.SLOT_BYTES);
    }
  }

  /**
   * Binds a socket. The port must be closed by the thread that uses it.
   *
   * @throws java.net.BindException if the address is taken or not ours
   */
  static LinuxUdpPort bind(
      Syscalls calls,
      Arena arena,
      InetSocketAddress address,
      int bufferBytes,
      PortSharing sharing,
      Architecture architecture,
      Segmentation segmentation)
      throws IOException {
    BoundSocket socket = BoundSocket.open(calls, address, bufferBytes, sharing);
    try {
      Readiness readiness = new Readiness(calls, arena, socket.descriptor(), architecture);
      return new LinuxUdpPort(calls, arena, socket, readiness, segmentation);
    } catch (IOException | RuntimeException e) {
      calls.close(socket.descriptor());
      throw e;
    }
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public InetSocketAddress localAddress() {
    return socket.address();
  }

  @Override
  public int maxRunBytes() {
    return outgoing.maxBytes();
  }

  @Override
  public PeerPath path(PeerAddress address) {
    return new LinuxPath(address, socket.family());
  }

  @Override
  public void await(long nanos) {
    readiness.await(outgoing.isShortOfMemory() ? Math.min(nanos, Outgoing.RETRY_NANOS) : nanos);
  }

  @Override
  public void wake() {
    readiness.signal();
  }

  @Override
  public void receive(ReceiveBatch batch) {
    int room = Math.min(batch.capacity() - batch.count(), RECEIVE_MESSAGES);
    if (!readiness.readable() || room == 0) {
      return;
    }
    int count = calls.receive(socket.descriptor(), incoming.headers(), room);
    if (count < 0) {
      if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
        countError();
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int length = incoming.length(i);
      MemorySegment.copy(
          received,
          ValueLayout.JAVA_BYTE,
          slot(i),
          batch.bytes(),
          batch.offset(batch.count()),
          length);
      batch.add(length, senders.high(i), senders.low(i), senders.port(i));
      incoming.expectName(i);
    }
  }

  @Override
  public void send(SendBatch batch) {
    outgoing.begin(batch);
    while (!batch.isEmpty()) {
      int messages = outgoing.fill(batch);
      int sent = calls.send(socket.descriptor(), outgoing.headers(), messages);
      if (sent > 0) {
        outgoing.settle(batch, sent);
        continue;
      }
      switch (outgoing.failed(batch, -sent)) {
        case AGAIN -> {}
        case DROP -> {
          countError();
          batch.sentRun();
        }
        case WAIT_FOR_SOCKET -> {
          readiness.expectWrite();
          return;
        }
        case WAIT_FOR_MEMORY -> {
          return;
        }
      }
    }
    readiness.expectNoWrite();
  }

  @Override
  public long errors() {
    return errors;
  }

  @Override
  public boolean segments() {
    return outgoing.segments();
  }

  @Override
  public long refusedSegmentations() {
    return outgoing.refusals();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      readiness.close();
      calls.close(socket.descriptor());
      arena.close();
    }
  }

  private static long slot(int number) {
    return (long) number * ReceiveBatch.SLOT_BYTES;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the worker only
  private void countError() {
    errors++;
  }
}
