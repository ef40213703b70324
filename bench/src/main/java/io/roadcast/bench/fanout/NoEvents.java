package io.roadcast.bench.fanout;

import io.roadcast.sfu.udp.ViewerEnd;
import io.roadcast.sfu.udp.ViewerEvents;

/** Nobody listens. */
final class NoEvents implements ViewerEvents {
  @Override
  public void connected() {}

  @Override
  public void streamInterrupted() {}

  @Override
  public void streamResumed() {}

  @Override
  public void streamEnded(String reason) {}

  @Override
  public void closed(ViewerEnd end) {}
}
