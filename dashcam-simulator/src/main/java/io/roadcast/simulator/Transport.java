package io.roadcast.simulator;

/** How packets travel: a TCP stream, or one packet per UDP datagram. */
public enum Transport {
  TCP,
  UDP
}
