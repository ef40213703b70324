package io.roadcast.sfu.udp;

/**
 * When to measure the path of a viewer that it seems too slow for its stream: what is not sent can
 * not show that there is room for it. Every few seconds while that finds something, else ever more
 * seldom, since it costs the viewer some of what it has.
 */
final class Probing {
  private static final int FIRST_PAUSE_SECONDS = 3;
  private static final int MAX_PAUSE_SECONDS = 48;

  /** A path is wide enough if it carries so many times the stream. */
  private static final double ENOUGH = 1.1;

  private static final double HELPED = 1.05;

  /** The packets of a probe take the path about so long, as far as it is known. */
  private static final int PROBE_MILLIS = 60;

  private static final int MIN_PACKETS = 8;
  private static final int MAX_PACKETS = 24;
  private static final int PACKET_BITS = 1200 * 8;

  private int seconds;
  private int pause = FIRST_PAUSE_SECONDS;
  private long pathAtProbe = Long.MAX_VALUE;
  private long bestSince;

  /**
   * To be called once a second.
   *
   * @param path what the path carries, bits per second
   * @param needed by the stream that was asked for; 0 if that is not known
   * @return how many packets to measure it with; 0 for not now
   */
  int second(long path, long needed) {
    if (path >= ENOUGH * needed) {
      seconds = 0;
      pause = FIRST_PAUSE_SECONDS;
      pathAtProbe = Long.MAX_VALUE;
      return 0;
    }
    seconds++;
    bestSince = Math.max(bestSince, path);
    if (seconds < pause) {
      return 0;
    }
    boolean first = pathAtProbe == Long.MAX_VALUE;
    boolean helped = first || bestSince > HELPED * pathAtProbe;
    pause = helped ? FIRST_PAUSE_SECONDS : Math.min(2 * pause, MAX_PAUSE_SECONDS);
    seconds = 0;
    pathAtProbe = path;
    bestSince = 0;
    return (int) Math.clamp(path * PROBE_MILLIS / 1000 / PACKET_BITS, MIN_PACKETS, MAX_PACKETS);
  }
}
