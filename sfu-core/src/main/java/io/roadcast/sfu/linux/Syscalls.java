package io.roadcast.sfu.linux;

import java.lang.foreign.MemorySegment;

/**
 * The system calls of a port: a seam for tests that need the kernel to refuse something. Each
 * returns what the call returns or, when it failed, the negative error number ({@link Errno}). All
 * but {@link #signal} belong to one thread.
 */
interface Syscalls {
  int socket(int domain, int type);

  int setOption(int socket, int level, int option, int value);

  int bind(int socket, MemorySegment address, int length);

  /** Fills {@code address} with where the socket is bound; {@code length} holds its size. */
  int name(int socket, MemorySegment address, MemorySegment length);

  int epoll();

  /** epoll_ctl(2); {@code event} is a struct epoll_event. */
  int control(int epoll, int operation, int descriptor, MemorySegment event);

  /** epoll_wait(2). */
  int await(int epoll, MemorySegment events, int capacity, int millis);

  /** A counter that epoll can watch: eventfd(2). */
  int counter();

  /** Adds one to a counter. Any thread; never fails in a way that matters. */
  void signal(int counter);

  /** recvmmsg(2) without waiting, into the first {@code count} messages of a vector. */
  int receive(int socket, MemorySegment headers, int count);

  /** sendmmsg(2) without waiting, of the first {@code count} messages of a vector. */
  int send(int socket, MemorySegment headers, int count);

  int close(int descriptor);
}
