package io.roadcast.sfu.linux;

import org.jspecify.annotations.Nullable;

/**
 * What differs between the architectures: {@code struct epoll_event} is packed on x86-64 only, and
 * calls that the C library has no name for have different numbers.
 */
enum Architecture {
  X86_64(12, 4, 314),
  AARCH64(16, 8, 274);

  private final int epollEventBytes;
  private final int epollDataOffset;
  private final long scheduleCall;

  Architecture(int epollEventBytes, int epollDataOffset, long scheduleCall) {
    this.epollEventBytes = epollEventBytes;
    this.epollDataOffset = epollDataOffset;
    this.scheduleCall = scheduleCall;
  }

  int epollEventBytes() {
    return epollEventBytes;
  }

  int epollDataOffset() {
    return epollDataOffset;
  }

  /** Of sched_setattr(2). */
  long scheduleCall() {
    return scheduleCall;
  }

  /** Null for one that the port does not know. */
  static @Nullable Architecture named(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default -> null;
    };
  }
}
