package io.roadcast.sfu.udp;

import io.roadcast.sfu.udp.WorkerCounters.Count;
import io.roadcast.sfu.webrtc.IceCheck;
import io.roadcast.sfu.webrtc.IceCredentials;
import io.roadcast.sfu.webrtc.IceLite;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What came in at one worker's socket: told apart by the first byte (RFC 7983), given to the viewer
 * it belongs to, handed over to the worker that owns it, or counted as noise and dropped.
 */
final class Ingress {
  private static final int DTLS_HEADER_BYTES = 13;
  private static final int DTLS_MAJOR_VERSION = 254;

  /**
   * The worker that hears of a viewer first has it for life, and should be the one that its
   * datagrams come to. Clients try TCP and UDP at once, and ask again.
   */
  private static final long UDP_HEAD_START_NANOS = 200_000_000;

  private static final int RECEIVE_CAPACITY = 64;

  private final MediaWorker worker;
  private final PeerTable peers;
  private final ViewerDirectory directory;
  private final WorkerCounters counters;
  private final IceLite ice = new IceLite();
  private final ReceiveBatch received = new ReceiveBatch(RECEIVE_CAPACITY);

  Ingress(MediaWorker worker, PeerTable peers, ViewerDirectory directory, WorkerCounters counters) {
    this.worker = worker;
    this.peers = peers;
    this.directory = directory;
    this.counters = counters;
  }

  /** Whether the socket may hold more than was taken last. */
  boolean hasMore() {
    return received.isFull();
  }

  void receive(UdpPort port) {
    received.clear();
    port.receive(received);
    for (int i = 0; i < received.count(); i++) {
      received(
          received.bytes(),
          received.offset(i),
          received.length(i),
          received.high(i),
          received.low(i),
          received.port(i));
    }
  }

  /** Tells a datagram's kind by its first byte (RFC 7983). */
  void received(byte[] bytes, int offset, int length, long high, long low, int peerPort) {
    int first = length == 0 ? -1 : bytes[offset] & 0xff;
    if (first >= 0 && first <= 3) {
      receivedStun(bytes, offset, length, new PeerAddress(high, low, peerPort));
      return;
    }
    if (first < 20 || (first > 63 && first < 128) || first > 191) {
      counters.noise(NoiseReason.NOT_OURS);
      return;
    }
    Viewer viewer = peers.get(high, low, peerPort);
    if (viewer == null) {
      passOn(bytes, offset, length, new PeerAddress(high, low, peerPort));
    } else if (first <= 63) {
      receivedDtls(viewer, bytes, offset, length);
    } else {
      receivedSrtp(viewer, bytes, offset, length);
    }
  }

  private void receivedStun(byte[] bytes, int offset, int length, PeerAddress from) {
    String ufrag = IceLite.ufragOf(bytes, offset, length);
    Viewer viewer = ufrag == null ? null : directory.byUfrag(ufrag);
    if (ufrag == null || viewer == null) {
      if (!directory.dialled().takeStun(ufrag, bytes, offset, length, from)) {
        counters.noise(NoiseReason.STUN_UNKNOWN);
      }
      return;
    }
    MediaWorker owner = viewer.worker();
    if (owner != null && owner != worker) {
      handOver(owner, bytes, offset, length, from);
      return;
    }
    if (owner == null
        && from.transport() == PeerTransport.TCP
        && viewer.ageNanos() < UDP_HEAD_START_NANOS) {
      return;
    }
    IceCredentials ours = viewer.credentials(ufrag);
    if (ours == null) {
      counters.noise(NoiseReason.STUN_UNKNOWN); // of before a restart that just ended
      return;
    }
    IceCheck check = ice.check(bytes, offset, length, from.toSocketAddress(), ours);
    if (check.successful()) {
      if (owner == null && !worker.adopt(viewer)) {
        return; // another worker was faster, or it is over: the peer will check again
      }
      viewer.guarded(
          checked ->
              checked.checked(
                  from,
                  check.nominated() ? Viewer.CheckKind.NOMINATED : Viewer.CheckKind.VALID,
                  worker.nowNanos()));
      if (check.nominated()) {
        viewer.settled(ours);
      }
    }
    NoiseReason reason = reason(check.verdict());
    if (reason != null) {
      counters.noise(reason);
    }
    if (check.answer().length > 0) {
      worker.answer(from, check.answer());
    }
  }

  private static @Nullable NoiseReason reason(IceCheck.Verdict verdict) {
    return switch (verdict) {
      case WRONG_CREDENTIALS, WITHOUT_INTEGRITY -> NoiseReason.STUN_UNAUTHENTICATED;
      case MALFORMED, NOT_A_REQUEST -> NoiseReason.STUN_UNKNOWN;
      case NOMINATED, VALID, ROLE_CONFLICT, UNKNOWN_ATTRIBUTE -> null;
    };
  }

  /** Records begin with type, version 254.x and, at 11, a length (RFC 6347 section 4.1). */
  private void receivedDtls(Viewer viewer, byte[] bytes, int offset, int length) {
    boolean framed =
        length >= DTLS_HEADER_BYTES
            && (bytes[offset + 1] & 0xff) == DTLS_MAJOR_VERSION
            && DTLS_HEADER_BYTES + ((bytes[offset + 11] & 0xff) << 8 | bytes[offset + 12] & 0xff)
                <= length;
    if (!framed) {
      counters.noise(NoiseReason.DTLS_MALFORMED);
      return;
    }
    byte[] datagram = Arrays.copyOfRange(bytes, offset, offset + length);
    viewer.guarded(to -> to.receivedDtls(datagram));
  }

  private void receivedSrtp(Viewer viewer, byte[] bytes, int offset, int length) {
    // RFC 5761 section 4: what would be payload types 64 to 95 with the marker is RTCP.
    int type = length < 2 ? 0 : bytes[offset + 1] & 0x7f;
    if (type < 64 || type > 95) {
      counters.noise(NoiseReason.MEDIA_FROM_VIEWER);
      return;
    }
    viewer.guarded(
        from -> {
          NoiseReason reason = from.receivedRtcp(bytes, offset, length, worker.nowNanos());
          if (reason != null) {
            counters.noise(reason);
          }
        });
  }

  /**
   * From an address that proved nothing here: another worker's viewer, a dialled peer, or noise.
   */
  private void passOn(byte[] bytes, int offset, int length, PeerAddress from) {
    Viewer viewer = directory.byAddress(from);
    MediaWorker owner = viewer == null ? null : viewer.worker();
    if (viewer == null && directory.dialled().take(bytes, offset, length, from)) {
      return;
    }
    if (owner == null || owner == worker) {
      counters.noise(NoiseReason.UNKNOWN_ADDRESS);
    } else {
      handOver(owner, bytes, offset, length, from);
    }
  }

  private void handOver(MediaWorker owner, byte[] bytes, int offset, int length, PeerAddress from) {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    boolean taken =
        owner.handOver(
            () ->
                owner
                    .ingress()
                    .received(copy, 0, copy.length, from.high(), from.low(), from.port()));
    if (taken) {
      counters.add(Count.HANDED_OVER, 1);
    } else {
      counters.noise(NoiseReason.OWNER_BEHIND);
    }
  }
}
