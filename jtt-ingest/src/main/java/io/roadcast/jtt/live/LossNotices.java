package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.jt808.LiveStatus;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells terminals how much of what they send is lost (0x9105): of each channel that is live, for
 * the time since the last notice. One thread at a time.
 */
final class LossNotices {
  private final Router router;
  private final TerminalLinks links;
  private Map<StreamId, UplinkStatistics> before = new HashMap<>();

  LossNotices(Router router, TerminalLinks links) {
    this.router = router;
    this.links = links;
  }

  void tell(Collection<StreamId> live) {
    Map<StreamId, UplinkStatistics> now = new HashMap<>();
    for (StreamId channel : live) {
      Stream stream = router.find(channel);
      if (stream != null) {
        UplinkStatistics counted = stream.uplink();
        now.put(channel, counted);
        tell(channel, counted);
      }
    }
    before = now;
  }

  private void tell(StreamId channel, UplinkStatistics counted) {
    UplinkStatistics last = before.getOrDefault(channel, UplinkStatistics.NONE);
    boolean sameConnection = counted.packets() >= last.packets();
    UplinkStatistics from = sameConnection ? last : UplinkStatistics.NONE;
    long lost = counted.lostPackets() - from.lostPackets();
    long sent = counted.packets() - from.packets() + lost;
    Optional<TerminalLink> link = links.find(channel.terminal());
    if (sent > 0 && link.isPresent()) {
      int percent = (int) Math.clamp(Math.round(100.0 * lost / sent), 0, 100);
      link.get().send(new LiveStatus(channel.channel(), percent));
    }
  }
}
