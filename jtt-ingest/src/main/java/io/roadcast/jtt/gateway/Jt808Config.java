package io.roadcast.jtt.gateway;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The port that terminals are connected to.
 *
 * @param bindAddress host or address to listen on
 * @param port of TCP and UDP alike; 0 for any free one
 * @param maxGarbageBytes bytes without a message before a connection is closed
 * @param maxWriteBytes what may wait for a terminal that does not read
 * @param maxRequests commands to one terminal at once
 */
public record Jt808Config(
    String bindAddress,
    int port,
    Times times,
    Connections connections,
    Messages messages,
    int maxGarbageBytes,
    int maxWriteBytes,
    int maxRequests) {
  public static final int PORT = 7611;

  /**
   * How long is waited.
   *
   * @param silent a terminal without a message for this long is gone; three heartbeats, where the
   *     terminal's own interval is known
   * @param unauthenticated how long a connection may last before 0x0102 succeeds
   * @param missingPackages when missing packages are asked for (0x8003), and again
   * @param retry of commands by UDP: T(1); T(n+1) = T(n) x (n+1)
   */
  public record Times(
      Duration silent, Duration unauthenticated, Duration missingPackages, Duration retry) {
    public Times {
      if (Stream.of(silent, unauthenticated, missingPackages, retry)
          .anyMatch(limit -> limit.toMillis() < 1)) {
        throw new IllegalArgumentException("time limits are at least 1 ms");
      }
    }
  }

  /**
   * How many may come.
   *
   * @param max TCP connections at once
   * @param maxPerAddress TCP connections, and UDP terminals by where they were first heard, of one
   *     address at once
   * @param maxUdpTerminals terminals that may be connected by UDP at once
   * @param maxTerminals terminals of which anything is remembered
   * @param maxRegistrationsPerMinute 0x0100 and refused 0x0102 of one address
   */
  public record Connections(
      int max,
      int maxPerAddress,
      int maxUdpTerminals,
      int maxTerminals,
      int maxRegistrationsPerMinute) {
    public Connections {
      requirePositive(max, maxPerAddress, maxUdpTerminals, maxTerminals, maxRegistrationsPerMinute);
    }
  }

  /**
   * Messages of several packages.
   *
   * @param maxBytes of one, put together
   * @param maxOpen of one terminal at once
   * @param maxIncomplete that may be given up before a connection is closed
   * @param requests how often missing packages are asked for
   */
  public record Messages(int maxBytes, int maxOpen, int maxIncomplete, int requests) {
    public Messages {
      requirePositive(maxBytes, maxOpen, maxIncomplete);
      if (requests < 0) {
        throw new IllegalArgumentException("packages are asked for 0 times or more");
      }
    }
  }

  public Jt808Config {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a port is a 16-bit number");
    }
    requirePositive(maxGarbageBytes, maxWriteBytes, maxRequests);
  }

  private static void requirePositive(int... limits) {
    if (IntStream.of(limits).anyMatch(limit -> limit < 1)) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  /** The usual limits, on all addresses and the usual port. */
  public static Jt808Config usual() {
    return new Jt808Config(
        "0.0.0.0",
        PORT,
        new Times(
            Duration.ofSeconds(180),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10)),
        new Connections(20_000, 1_000, 200_000, 300_000, 600),
        new Messages(1 << 20, 4, 20, 3),
        64 * 1024,
        64 * 1024,
        32);
  }

  /** The same on another address and port. */
  public Jt808Config at(String address, int newPort) {
    return new Jt808Config(
        address,
        newPort,
        times,
        connections,
        messages,
        maxGarbageBytes,
        maxWriteBytes,
        maxRequests);
  }

  public Jt808Config with(Times others) {
    return new Jt808Config(
        bindAddress,
        port,
        others,
        connections,
        messages,
        maxGarbageBytes,
        maxWriteBytes,
        maxRequests);
  }

  public Jt808Config with(Connections others) {
    return new Jt808Config(
        bindAddress, port, times, others, messages, maxGarbageBytes, maxWriteBytes, maxRequests);
  }
}
