package io.roadcast.sfu.transport;

import io.roadcast.sfu.webrtc.IceFragment;
import io.roadcast.sfu.webrtc.RemoteCandidate;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The relays that a viewer told of, by which it is recognized as coming through one. Only the port
 * counts: a relay behind 1:1 NAT tells its public address and sends from its own one. Any thread.
 */
final class RelayPorts {
  private static final int MAX_PORTS = 64;

  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  void learn(IceFragment told) {
    for (RemoteCandidate candidate : told.candidates()) {
      if (candidate.isRelay() && ports.size() < MAX_PORTS) {
        ports.add(candidate.port());
      }
    }
  }

  boolean include(InetSocketAddress remote) {
    return ports.contains(remote.getPort());
  }
}
