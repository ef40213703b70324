package io.roadcast.sfu.webrtc;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.ice4j.socket.IceSocketWrapper;
import org.ice4j.socket.IceUdpSocketWrapper;

/** Gives an ice4j agent one candidate on the loopback interface, which ice4j itself leaves out. */
final class LoopbackHarvester extends AbstractCandidateHarvester {
  @Override
  public List<LocalCandidate> harvest(Component component) {
    try {
      DatagramSocket socket =
          new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      IceSocketWrapper wrapper = new IceUdpSocketWrapper(socket);
      HostCandidate candidate = new HostCandidate(wrapper, component);
      if (!component.addLocalCandidate(candidate)) {
        throw new IllegalStateException("candidate was refused");
      }
      component.getParentStream().getParentAgent().getStunStack().addSocket(wrapper);
      return List.of(candidate);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isHostHarvester() {
    return true;
  }
}
