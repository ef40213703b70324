package io.roadcast.jtt.jt1078;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Writes addresses as logs and the API show them. */
final class Addresses {
  private Addresses() {}

  /** "192.0.2.7:40112" or "[2001:db8::1]:40112". */
  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    boolean six = address.getAddress() instanceof Inet6Address;
    return (six ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
