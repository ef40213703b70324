package io.roadcast.jtt.gateway;

import java.time.Duration;

/**
 * The port that terminals are connected to.
 *
 * @param bindAddress host or address to listen on
 * @param port of TCP and UDP alike; 0 for any free one
 * @param silentTimeout a terminal without a message for this long is gone; three heartbeats, where
 *     the terminal's own interval is known
 * @param unauthenticatedTimeout how long a connection may last before 0x0102 succeeds
 * @param maxConnections TCP connections at once
 * @param maxConnectionsPerAddress TCP connections, and UDP terminals that are not authenticated, of
 *     one address at once
 * @param maxUdpTerminals terminals that may be connected by UDP at once
 * @param maxTerminals terminals of which anything is remembered
 * @param maxRegistrationsPerMinute 0x0100 and refused 0x0102 of one address
 * @param maxGarbageBytes bytes without a message before a connection is closed
 * @param maxMessageBytes a message of several packages, put together
 * @param maxOpenMessages such messages of one terminal at once
 * @param maxIncompleteMessages such messages that may be given up before a connection is closed
 * @param packageTimeout when missing packages are asked for (0x8003), and again
 * @param packageRequests how often they are asked for
 * @param maxWriteBytes what may wait for a terminal that does not read
 * @param maxRequests commands to one terminal at once
 * @param retryInterval of commands by UDP: T(1); T(n+1) = T(n) x (n+1)
 */
public record Jt808Config(
    String bindAddress,
    int port,
    Duration silentTimeout,
    Duration unauthenticatedTimeout,
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxUdpTerminals,
    int maxTerminals,
    int maxRegistrationsPerMinute,
    int maxGarbageBytes,
    int maxMessageBytes,
    int maxOpenMessages,
    int maxIncompleteMessages,
    Duration packageTimeout,
    int packageRequests,
    int maxWriteBytes,
    int maxRequests,
    Duration retryInterval) {
  public static final int PORT = 7611;

  public Jt808Config {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a port is a 16-bit number");
    }
    for (Duration limit :
        new Duration[] {silentTimeout, unauthenticatedTimeout, packageTimeout, retryInterval}) {
      if (limit.toMillis() < 1) {
        throw new IllegalArgumentException("time limits are at least 1 ms");
      }
    }
    for (int limit :
        new int[] {
          maxConnections,
          maxConnectionsPerAddress,
          maxUdpTerminals,
          maxTerminals,
          maxRegistrationsPerMinute,
          maxGarbageBytes,
          maxMessageBytes,
          maxOpenMessages,
          maxIncompleteMessages,
          maxWriteBytes,
          maxRequests
        }) {
      if (limit < 1) {
        throw new IllegalArgumentException("limits are positive");
      }
    }
    if (packageRequests < 0) {
      throw new IllegalArgumentException("packages are asked for 0 times or more");
    }
  }

  /** The usual limits, on all addresses and the usual port. */
  public static Jt808Config usual() {
    return new Jt808Config(
        "0.0.0.0",
        PORT,
        Duration.ofSeconds(180),
        Duration.ofSeconds(30),
        20_000,
        1_000,
        200_000,
        300_000,
        600,
        64 * 1024,
        1 << 20,
        4,
        20,
        Duration.ofSeconds(10),
        3,
        64 * 1024,
        32,
        Duration.ofSeconds(10));
  }

  /** The same on another address and port. */
  public Jt808Config at(String address, int newPort) {
    return new Jt808Config(
        address,
        newPort,
        silentTimeout,
        unauthenticatedTimeout,
        maxConnections,
        maxConnectionsPerAddress,
        maxUdpTerminals,
        maxTerminals,
        maxRegistrationsPerMinute,
        maxGarbageBytes,
        maxMessageBytes,
        maxOpenMessages,
        maxIncompleteMessages,
        packageTimeout,
        packageRequests,
        maxWriteBytes,
        maxRequests,
        retryInterval);
  }

  /** The same with other limits of time. */
  public Jt808Config withTimes(
      Duration silent, Duration unauthenticated, Duration packages, Duration retry) {
    return new Jt808Config(
        bindAddress,
        port,
        silent,
        unauthenticated,
        maxConnections,
        maxConnectionsPerAddress,
        maxUdpTerminals,
        maxTerminals,
        maxRegistrationsPerMinute,
        maxGarbageBytes,
        maxMessageBytes,
        maxOpenMessages,
        maxIncompleteMessages,
        packages,
        packageRequests,
        maxWriteBytes,
        maxRequests,
        retry);
  }

  /** The same with other limits of connections. */
  public Jt808Config withConnections(int all, int perAddress, int registrationsPerMinute) {
    return new Jt808Config(
        bindAddress,
        port,
        silentTimeout,
        unauthenticatedTimeout,
        all,
        perAddress,
        maxUdpTerminals,
        maxTerminals,
        registrationsPerMinute,
        maxGarbageBytes,
        maxMessageBytes,
        maxOpenMessages,
        maxIncompleteMessages,
        packageTimeout,
        packageRequests,
        maxWriteBytes,
        maxRequests,
        retryInterval);
  }
}
