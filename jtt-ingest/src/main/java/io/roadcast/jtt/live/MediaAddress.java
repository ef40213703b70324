package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where terminals are told to send their media.
 *
 * @param publicAddress name or address; empty for the one that the terminal itself has reached
 * @param mainPort of main streams
 * @param subPort of sub-streams
 */
public record MediaAddress(
    String publicAddress, int mainPort, int subPort, MediaTransport transport) {
  private static final Logger LOG = LoggerFactory.getLogger(MediaAddress.class);

  /** What media are sent over. */
  public enum MediaTransport {
    TCP,
    UDP
  }

  /**
   * 0x9101 for a channel.
   *
   * @param data 0 sound and picture, 1 picture only
   */
  LiveRequest request(TerminalLink link, StreamId channel, int data) {
    boolean main = channel.quality() == Quality.MAIN;
    int port = main ? mainPort : subPort;
    boolean tcp = transport == MediaTransport.TCP;
    return new LiveRequest(
        GbkText.of(host(link)),
        tcp ? port : 0,
        tcp ? 0 : port,
        channel.channel(),
        data,
        main ? 0 : 1);
  }

  private String host(TerminalLink link) {
    if (!publicAddress.isEmpty()) {
      return publicAddress;
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
      LOG.warn("no address of ours leads to {}: set jt1078.public-address", terminal, e);
      return InetAddress.getLoopbackAddress();
    }
  }
}
