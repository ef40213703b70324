package io.roadcast.sfu.linux;

import java.net.BindException;
import java.net.SocketException;

/** Error numbers of Linux, the same on all architectures that the port knows (errno(3)). */
final class Errno {
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int ENOPROTOOPT = 92;
  static final int EOPNOTSUPP = 95;
  static final int EAFNOSUPPORT = 97;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENOBUFS = 105;
  static final int ECONNREFUSED = 111;

  private Errno() {}

  /** For logs. */
  static String name(int errno) {
    return switch (errno) {
      case EIO -> "EIO";
      case EAGAIN -> "EAGAIN";
      case EINVAL -> "EINVAL";
      case EMSGSIZE -> "EMSGSIZE";
      case ENOPROTOOPT -> "ENOPROTOOPT";
      case EOPNOTSUPP -> "EOPNOTSUPP";
      default -> "error " + errno;
    };
  }

  /** A failed call as the JDK's own sockets would report it. */
  static SocketException failure(String call, int errno) {
    return switch (errno) {
      case EADDRINUSE -> new BindException("Address already in use");
      case EADDRNOTAVAIL -> new BindException("Cannot assign requested address");
      default -> new SocketException(call + " failed: " + name(errno));
    };
  }
}
