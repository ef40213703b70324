package io.roadcast.sfu.linux;

import org.jspecify.annotations.Nullable;

/** What differs between the architectures: {@code struct epoll_event} is packed on x86-64 only. */
enum Architecture {
  X86_64(12, 4),
  AARCH64(16, 8);

  private final int epollEventBytes;
  private final int epollDataOffset;

  Architecture(int epollEventBytes, int epollDataOffset) {
    this.epollEventBytes = epollEventBytes;
    this.epollDataOffset = epollDataOffset;
  }

  int epollEventBytes() {
    return epollEventBytes;
  }

  int epollDataOffset() {
    return epollDataOffset;
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
