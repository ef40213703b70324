package io.roadcast.sfu.udp;

/**
 * What viewers are told by the playout-delay header extension
 * (http://www.webrtc.org/experiments/rtp-hdrext/playout-delay): 12 bits each for the shortest and
 * longest delay in units of 10 ms.
 */
public enum PlayoutDelay {
  /**
   * Show each picture at once: (0, 0). Uneven on an uneven network, never late. A viewer that is
   * sent sound too gets {@link #SMOOTH}, or the two would not keep together.
   */
  LOWEST(0, 0),
  /**
   * (0, 0) while the backlog is replayed, afterwards (0, 10 s): the jitter buffer may come back.
   */
  SMOOTH(0, 1000);

  private final int replay;
  private final int live;

  PlayoutDelay(int replayMax, int liveMax) {
    this.replay = replayMax;
    this.live = liveMax;
  }

  /** The extension's 24 bits for pictures of the replay. */
  int replayBits() {
    return replay;
  }

  /** The extension's 24 bits for live pictures. */
  int liveBits() {
    return live;
  }
}
