package io.roadcast.sfu.udp;

import java.net.InetSocketAddress;

/** A socket that is none: nothing comes in, and what is sent each kind does away with. */
abstract class TestPort implements UdpPort {
  private record Path(PeerAddress address) implements PeerPath {}

  @Override
  public String name() {
    return "test";
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(10_000);
  }

  @Override
  public int maxRunBytes() {
    return 65_507;
  }

  @Override
  public PeerPath path(PeerAddress address) {
    return new Path(address);
  }

  @Override
  public void await(long nanos) {}

  @Override
  public void wake() {}

  @Override
  public void receive(ReceiveBatch batch) {}

  @Override
  public long errors() {
    return 0;
  }

  @Override
  public void close() {}
}
