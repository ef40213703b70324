package io.roadcast.sfu.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The real calls, but a test decides which messages the kernel refuses to send, and sees all that
 * were offered.
 */
final class ScriptedSyscalls implements Syscalls {
  /**
   * @param segment bytes of each datagram; 0 if the message is one datagram
   */
  record Message(int port, int bytes, int segment) {
    boolean segmented() {
      return segment > 0;
    }
  }

  /** Answers with an error number, or 0 to let the message pass. */
  interface Script {
    int refuse(Message message);
  }

  private final Syscalls real;
  final List<Message> sent = new ArrayList<>();
  int sendCalls;
  Script script = message -> 0;

  ScriptedSyscalls(Syscalls real) {
    this.real = real;
  }

  /** As sendmmsg does: an error counts if it is the first message's, else what went before does. */
  @Override
  public int send(int socket, MemorySegment headers, int count) {
    sendCalls++;
    int errno = 0;
    int passing = 0;
    List<Message> messages = new ArrayList<>();
    while (passing < count && errno == 0) {
      Message message = message(headers, passing);
      errno = script.refuse(message);
      if (errno == 0) {
        messages.add(message);
        passing++;
      }
    }
    if (passing == 0) {
      return -errno;
    }
    int result = real.send(socket, headers, passing);
    if (result > 0) {
      sent.addAll(messages.subList(0, result));
    }
    return result;
  }

  private static Message message(MemorySegment headers, int number) {
    long at = (long) number * MessageVector.HEADER_BYTES;
    MemorySegment name = pointed(headers, at + MessageVector.NAME, LinuxPath.ROOM);
    MemorySegment iovec = pointed(headers, at + MessageVector.IOVEC, 16);
    MemorySegment control = pointed(headers, at + MessageVector.CONTROL, 24);
    boolean segmented = headers.get(ValueLayout.JAVA_LONG, at + MessageVector.CONTROL_LENGTH) > 0;
    return new Message(
        new SenderName(name).port(0),
        (int) iovec.get(ValueLayout.JAVA_LONG, 8),
        segmented ? control.get(ValueLayout.JAVA_SHORT, 16) & 0xffff : 0);
  }

  private static MemorySegment pointed(MemorySegment from, long at, int bytes) {
    return MemorySegment.ofAddress(from.get(ValueLayout.JAVA_LONG, at)).reinterpret(bytes);
  }

  @Override
  public int socket(int domain, int type) {
    return real.socket(domain, type);
  }

  @Override
  public int setOption(int socket, int level, int option, int value) {
    return real.setOption(socket, level, option, value);
  }

  @Override
  public int bind(int socket, MemorySegment address, int length) {
    return real.bind(socket, address, length);
  }

  @Override
  public int name(int socket, MemorySegment address, MemorySegment length) {
    return real.name(socket, address, length);
  }

  @Override
  public int epoll() {
    return real.epoll();
  }

  @Override
  public int control(int epoll, int operation, int descriptor, MemorySegment event) {
    return real.control(epoll, operation, descriptor, event);
  }

  @Override
  public int await(int epoll, MemorySegment events, int capacity, int millis) {
    return real.await(epoll, events, capacity, millis);
  }

  @Override
  public int counter() {
    return real.counter();
  }

  @Override
  public void signal(int counter) {
    real.signal(counter);
  }

  @Override
  public int receive(int socket, MemorySegment headers, int count) {
    return real.receive(socket, headers, count);
  }

  @Override
  public int close(int descriptor) {
    return real.close(descriptor);
  }
}
