package io.roadcast.jtt.gateway;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The address of ours that a terminal is told for other ports. */
public final class ReachedAddress {
  private static final Logger LOG = LoggerFactory.getLogger(ReachedAddress.class);

  private ReachedAddress() {}

  /**
   * A name or an address.
   *
   * @param configured empty for the one at which the terminal reached us
   */
  public static String of(TerminalLink link, String configured) {
    if (!configured.isEmpty()) {
      return configured;
    }
    InetAddress reached =
        link.local().map(InetSocketAddress::getAddress).orElseGet(() -> towards(link.remote()));
    String text = reached.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** The address that packets to the terminal leave from. */
  private static InetAddress towards(InetSocketAddress terminal) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(terminal); // sends nothing
      return Optional.ofNullable(socket.getLocalAddress())
          .orElseGet(InetAddress::getLoopbackAddress);
    } catch (IOException e) {
      LOG.warn("no address of ours leads to {}: set the public address", terminal, e);
      return InetAddress.getLoopbackAddress();
    }
  }
}
