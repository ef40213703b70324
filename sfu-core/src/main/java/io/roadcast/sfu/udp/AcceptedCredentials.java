package io.roadcast.sfu.udp;

import io.roadcast.sfu.webrtc.IceCredentials;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The fragments and passwords of ours that a viewer's checks may show: one pair, and during an ICE
 * restart the new one besides, until the viewer uses that (RFC 8445 section 9). Any thread.
 */
final class AcceptedCredentials {
  private final AtomicReference<List<IceCredentials>> accepted;

  AcceptedCredentials(IceCredentials first) {
    accepted = new AtomicReference<>(List.of(first));
  }

  @Nullable IceCredentials of(String ufrag) {
    for (IceCredentials each : accepted.get()) {
      if (each.ufrag().equals(ufrag)) {
        return each;
      }
    }
    return null;
  }

  List<IceCredentials> all() {
    return accepted.get();
  }

  /** A restart begins; one that was not finished is given up. Returns what is no longer good. */
  List<IceCredentials> offer(IceCredentials fresh) {
    List<IceCredentials> before =
        accepted.getAndUpdate(current -> List.of(current.getFirst(), fresh));
    return before.subList(1, before.size());
  }

  /** The viewer uses a path with these. Returns what is no longer good. */
  List<IceCredentials> settle(IceCredentials used) {
    List<IceCredentials> before = accepted.get();
    boolean restarted = before.size() > 1 && before.getLast().equals(used);
    return restarted && accepted.compareAndSet(before, List.of(used))
        ? before.subList(0, 1)
        : List.of();
  }
}
