package io.roadcast.sfu.udp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The peers that this server went to, by what tells their datagrams from those of viewers: STUN
 * requests by the fragment that they name, answers by the transaction that was begun, everything
 * else by the address that was agreed on. Any thread.
 */
public final class DialledPeers {
  private static final int STUN_HEADER_BYTES = 20;
  private static final int TRANSACTION_AT = 8;

  /** The 96 bits that name a transaction (RFC 8489 section 5). */
  private record Transaction(long high, int low) {
    static Transaction of(byte[] message, int offset) {
      ByteBuffer bytes = ByteBuffer.wrap(message);
      return new Transaction(
          bytes.getLong(offset + TRANSACTION_AT), bytes.getInt(offset + TRANSACTION_AT + 8));
    }
  }

  private final ConcurrentHashMap<String, DialledPeer> byUfrag = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Transaction, DialledPeer> byTransaction =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<PeerAddress, DialledPeer> byAddress = new ConcurrentHashMap<>();

  /** Requests that name this fragment of ours are that peer's. */
  public void add(String ufrag, DialledPeer peer) {
    byUfrag.put(ufrag, peer);
  }

  /** The answer to a request that is being sent is for that peer. */
  public void asked(byte[] request, DialledPeer peer) {
    if (request.length >= STUN_HEADER_BYTES) {
      byTransaction.put(Transaction.of(request, 0), peer);
    }
  }

  /** What comes from this address and is no STUN is that peer's. */
  public void agreed(PeerAddress address, DialledPeer peer) {
    byAddress.put(address, peer);
  }

  /** It is over. */
  public void remove(DialledPeer peer) {
    byUfrag.values().removeIf(known -> known == peer);
    byTransaction.values().removeIf(known -> known == peer);
    byAddress.values().removeIf(known -> known == peer);
  }

  /**
   * @param ufrag that the request names; null if it is none
   * @return whether it is a dialled peer's
   */
  boolean takeStun(@Nullable String ufrag, byte[] bytes, int offset, int length, PeerAddress from) {
    DialledPeer peer;
    if (ufrag != null) {
      peer = byUfrag.get(ufrag);
    } else {
      peer =
          length < STUN_HEADER_BYTES ? null : byTransaction.remove(Transaction.of(bytes, offset));
    }
    return hand(peer, bytes, offset, length, from);
  }

  /** Returns whether it is a dialled peer's. */
  boolean take(byte[] bytes, int offset, int length, PeerAddress from) {
    return hand(byAddress.get(from), bytes, offset, length, from);
  }

  private static boolean hand(
      @Nullable DialledPeer peer, byte[] bytes, int offset, int length, PeerAddress from) {
    if (peer != null) {
      peer.received(from, Arrays.copyOfRange(bytes, offset, offset + length));
    }
    return peer != null;
  }
}
