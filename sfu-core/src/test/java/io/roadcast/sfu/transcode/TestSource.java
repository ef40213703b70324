package io.roadcast.sfu.transcode;

import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.UplinkStatistics;

/** Publishes, and says nothing of itself. */
final class TestSource implements Publisher {
  @Override
  public SourceInfo source() {
    return new SourceInfo("test", "none", "nowhere");
  }

  @Override
  public UplinkStatistics uplink() {
    return UplinkStatistics.NONE;
  }

  @Override
  public void superseded() {}
}
