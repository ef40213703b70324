package io.roadcast.sfu.webrtc;

import java.util.ArrayList;
import java.util.List;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;

/** Gives an ice4j agent the addresses of a port that it does not own as its candidates. */
final class PortHarvester extends AbstractCandidateHarvester {
  private final List<TransportAddress> addresses;
  private final PortSocket.Output output;

  PortHarvester(List<TransportAddress> addresses, PortSocket.Output output) {
    this.addresses = addresses;
    this.output = output;
  }

  @Override
  public List<LocalCandidate> harvest(Component component) {
    List<LocalCandidate> candidates = new ArrayList<>();
    for (TransportAddress address : addresses) {
      PortSocket socket = new PortSocket(address, output);
      HostCandidate candidate = new HostCandidate(socket, component);
      if (component.addLocalCandidate(candidate)) {
        component.getParentStream().getParentAgent().getStunStack().addSocket(socket);
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  @Override
  public boolean isHostHarvester() {
    return true;
  }
}
