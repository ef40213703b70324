package io.roadcast.sfu.udp;

import java.lang.foreign.MemorySegment;

/** A connection that was over before something could be sent there. */
record ClosedConnection(PeerAddress address) implements ConnectionPath {
  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public boolean send(MemorySegment from, long offset, int length, int stride) {
    return true;
  }

  @Override
  public void adopted(Runnable ready) {}

  @Override
  public void close() {}
}
