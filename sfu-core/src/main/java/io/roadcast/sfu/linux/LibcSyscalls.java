package io.roadcast.sfu.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The calls as the C library offers them. Addresses are passed as numbers: nothing is made per
 * call. No call is {@code critical}: a garbage collection need not wait for the kernel.
 *
 * <p>To have the error number put somewhere costs an object per call, so the frequent calls are
 * made without; one that failed is made again, and then either says why or succeeds after all.
 *
 * <p>An instance holds the place where error numbers are put, and belongs to one thread.
 */
final class LibcSyscalls implements Syscalls {
  private static final int MSG_DONTWAIT = 0x40;
  private static final int SOCK_NONBLOCK_CLOEXEC = 0x80800;
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int EFD_NONBLOCK_CLOEXEC = 0x80800;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(StructLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      call(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle BIND =
      call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle GETSOCKNAME =
      call("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle EPOLL_CREATE =
      call("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EPOLL_CTL =
      call("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle EPOLL_WAIT =
      call("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle QUICK_EPOLL_WAIT =
      quick("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD =
      call("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD_WRITE =
      quick("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle RECVMMSG =
      call(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle QUICK_RECVMMSG =
      quick(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle SENDMMSG =
      call("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle QUICK_SENDMMSG =
      quick("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final MemorySegment state;
  private final MemorySegment value;

  /**
   * @param arena lives as long as the calls are used
   */
  LibcSyscalls(Arena arena) {
    state = arena.allocate(STATE);
    value = arena.allocate(JAVA_INT);
  }

  private static MethodHandle call(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle quick(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
  }

  @Override
  public int socket(int domain, int type) {
    try {
      return result((int) SOCKET.invokeExact(state, domain, type | SOCK_NONBLOCK_CLOEXEC, 0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int setOption(int socket, int level, int option, int optionValue) {
    value.set(JAVA_INT, 0, optionValue);
    try {
      return result((int) SETSOCKOPT.invokeExact(state, socket, level, option, value.address(), 4));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int bind(int socket, MemorySegment address, int length) {
    try {
      return result((int) BIND.invokeExact(state, socket, address.address(), length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int name(int socket, MemorySegment address, MemorySegment length) {
    try {
      return result(
          (int) GETSOCKNAME.invokeExact(state, socket, address.address(), length.address()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int epoll() {
    try {
      return result((int) EPOLL_CREATE.invokeExact(state, EPOLL_CLOEXEC));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int control(int epoll, int operation, int descriptor, MemorySegment event) {
    try {
      return result(
          (int) EPOLL_CTL.invokeExact(state, epoll, operation, descriptor, event.address()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int await(int epoll, MemorySegment events, int capacity, int millis) {
    try {
      return result((int) EPOLL_WAIT.invokeExact(state, epoll, events.address(), capacity, millis));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int counter() {
    try {
      return result((int) EVENTFD.invokeExact(state, 0, EFD_NONBLOCK_CLOEXEC));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public void signal(int counter) {
    try {
      int ignored = (int) EVENTFD_WRITE.invokeExact(counter, 1L);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int receive(int socket, MemorySegment headers, int count) {
    try {
      long address = headers.address();
      int done = (int) QUICK_RECVMMSG.invokeExact(socket, address, count, MSG_DONTWAIT, 0L);
      return done >= 0
          ? done
          : result((int) RECVMMSG.invokeExact(state, socket, address, count, MSG_DONTWAIT, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int send(int socket, MemorySegment headers, int count) {
    try {
      long address = headers.address();
      int done = (int) QUICK_SENDMMSG.invokeExact(socket, address, count, MSG_DONTWAIT);
      return done >= 0
          ? done
          : result((int) SENDMMSG.invokeExact(state, socket, address, count, MSG_DONTWAIT));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int close(int descriptor) {
    try {
      return result((int) CLOSE.invokeExact(state, descriptor));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private int result(int returned) {
    return returned >= 0 ? returned : -state.get(JAVA_INT, ERRNO);
  }

  /** A C function throws nothing. */
  private static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException(e);
  }
}
