package io.roadcast.sfu.webrtc;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * An address at which the server can be reached, as a host candidate over UDP (RFC 8839 5.1).
 *
 * @param foundation distinguishes addresses
 * @param priority 2^24 * 126 + 2^8 * local preference + 255 (RFC 8445 5.1.2.1)
 */
public record IceCandidate(String foundation, long priority, InetSocketAddress address) {
  private static final int HOST_TYPE_PREFERENCE = 126;
  private static final int HIGHEST_LOCAL_PREFERENCE = 65_535;
  private static final int RTP_COMPONENT = 1;

  /** Candidates for addresses that are given with the preferred one first. */
  public static List<IceCandidate> hosts(List<InetSocketAddress> addresses) {
    List<IceCandidate> candidates = new ArrayList<>(addresses.size());
    for (InetSocketAddress address : addresses) {
      int index = candidates.size();
      long priority =
          ((long) HOST_TYPE_PREFERENCE << 24)
              + ((long) (HIGHEST_LOCAL_PREFERENCE - index) << 8)
              + (256 - RTP_COMPONENT);
      candidates.add(new IceCandidate(Integer.toString(index + 1), priority, address));
    }
    return List.copyOf(candidates);
  }

  /** The address without a scope. */
  String host() {
    String host = address.getAddress().getHostAddress();
    int scope = host.indexOf('%');
    return scope < 0 ? host : host.substring(0, scope);
  }

  /** The value of the {@code candidate} attribute. */
  public String attribute() {
    return "%s %d udp %d %s %d typ host"
        .formatted(foundation, RTP_COMPONENT, priority, host(), address.getPort());
  }
}
