package io.roadcast.sfu.webrtc;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * An address at which the server can be reached, as a host candidate (RFC 8839 5.1).
 *
 * @param foundation distinguishes addresses and kinds
 * @param priority 2^24 * type preference + 2^8 * local preference + 255 (RFC 8445 5.1.2.1)
 */
public record IceCandidate(String foundation, long priority, Kind kind, InetSocketAddress address) {
  /** How an address is reached. */
  public enum Kind {
    UDP,
    /** By a connection that the other side opens (RFC 6544). */
    TCP_PASSIVE
  }

  private static final int HOST_TYPE_PREFERENCE = 126;
  private static final int HIGHEST_LOCAL_PREFERENCE = 65_535;

  /** Below every way over UDP, also one through a relay of the other side (RFC 6544 4.2). */
  private static final int TCP_TYPE_PREFERENCE = 90;

  /** 2^13 * direction preference of passive candidates, 4 (RFC 6544 4.2), and the highest rest. */
  private static final int HIGHEST_PASSIVE_PREFERENCE = (4 << 13) + 8191;

  private static final int RTP_COMPONENT = 1;

  /** Candidates over UDP, for addresses that are given with the preferred one first. */
  public static List<IceCandidate> hosts(List<InetSocketAddress> addresses) {
    List<IceCandidate> candidates = new ArrayList<>(addresses.size());
    for (InetSocketAddress address : addresses) {
      int preference = HIGHEST_LOCAL_PREFERENCE - candidates.size();
      candidates.add(
          new IceCandidate(
              Integer.toString(candidates.size() + 1),
              priority(HOST_TYPE_PREFERENCE, preference),
              Kind.UDP,
              address));
    }
    return List.copyOf(candidates);
  }

  /** The same for connections that are taken at these addresses. */
  public static List<IceCandidate> passive(List<InetSocketAddress> addresses) {
    List<IceCandidate> candidates = new ArrayList<>(addresses.size());
    for (InetSocketAddress address : addresses) {
      int preference = HIGHEST_PASSIVE_PREFERENCE - candidates.size();
      candidates.add(
          new IceCandidate(
              "tcp" + (candidates.size() + 1),
              priority(TCP_TYPE_PREFERENCE, preference),
              Kind.TCP_PASSIVE,
              address));
    }
    return List.copyOf(candidates);
  }

  private static long priority(int typePreference, int localPreference) {
    return ((long) typePreference << 24) + ((long) localPreference << 8) + (256 - RTP_COMPONENT);
  }

  /** The address without a scope. */
  String host() {
    String host = address.getAddress().getHostAddress();
    int scope = host.indexOf('%');
    return scope < 0 ? host : host.substring(0, scope);
  }

  /** The value of the {@code candidate} attribute. */
  public String attribute() {
    return "%s %d %s %d %s %d typ host%s"
        .formatted(
            foundation,
            RTP_COMPONENT,
            kind == Kind.UDP ? "udp" : "tcp",
            priority,
            host(),
            address.getPort(),
            kind == Kind.UDP ? "" : " tcptype passive");
  }
}
