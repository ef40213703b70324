package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.ReachedAddress;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;

/**
 * Where terminals are told to send their media.
 *
 * @param publicAddress name or address; empty for the one that the terminal itself has reached
 * @param mainPort of main streams
 * @param subPort of sub-streams
 */
public record MediaAddress(
    String publicAddress, int mainPort, int subPort, MediaTransport transport) {
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
        GbkText.of(ReachedAddress.of(link, publicAddress)),
        tcp ? port : 0,
        tcp ? 0 : port,
        channel.channel(),
        data,
        main ? 0 : 1);
  }
}
