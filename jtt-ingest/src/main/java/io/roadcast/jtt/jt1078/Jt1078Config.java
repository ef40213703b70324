package io.roadcast.jtt.jt1078;

import io.roadcast.sfu.router.Quality;
import java.time.Duration;

/**
 * One port that terminals send media to. The wire does not tell what a connection is for, so each
 * purpose has its own port.
 *
 * @param bindAddress host or address to listen on
 * @param port of TCP and UDP alike; 0 for any free one
 * @param quality which of a camera's encodings comes to this port
 * @param silentTimeout a connection without a packet for this long is closed
 * @param maxBodyBytes longest body of a packet that is believed, up to 65535
 * @param maxFrameBytes longest picture or block of sound
 * @param maxGarbageBytes bytes without a packet before a connection is closed
 * @param maxConnections TCP connections at once
 * @param maxConnectionsPerAddress TCP connections, and UDP flows, of one address at once
 * @param maxChannels channels of one connection at once
 * @param maxUdpFlows source addresses that may send by UDP at once
 * @param udpFlowTimeout a flow without a datagram for this long is over
 * @param damagedPictures what becomes of pictures that refer to a missing one
 */
public record Jt1078Config(
    String bindAddress,
    int port,
    Quality quality,
    Duration silentTimeout,
    int maxBodyBytes,
    int maxFrameBytes,
    int maxGarbageBytes,
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxChannels,
    int maxUdpFlows,
    Duration udpFlowTimeout,
    DamagedPictures damagedPictures) {

  public static final int MAIN_PORT = 6611;
  public static final int SUB_PORT = 6612;

  public Jt1078Config {
    if (port < 0 || port > 0xffff || maxBodyBytes < 1 || maxBodyBytes > 0xffff) {
      throw new IllegalArgumentException("port and longest body are 16-bit numbers");
    }
    if (silentTimeout.toMillis() < 1 || udpFlowTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("time limits are at least 1 ms");
    }
    if (maxFrameBytes < 1 || maxGarbageBytes < 1 || maxConnections < 1 || maxChannels < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (maxConnectionsPerAddress < 1 || maxUdpFlows < 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  /** The usual limits, on all addresses and the usual port of this quality. */
  public static Jt1078Config of(Quality quality) {
    return new Jt1078Config(
        "0.0.0.0",
        quality == Quality.MAIN ? MAIN_PORT : SUB_PORT,
        quality,
        Duration.ofSeconds(15),
        Jt1078PacketDecoder.DEFAULT_MAX_BODY_BYTES,
        FrameAssembler.DEFAULT_MAX_FRAME_BYTES,
        64 * 1024,
        10_000,
        1_000,
        32,
        4_096,
        Duration.ofSeconds(15),
        DamagedPictures.FREEZE);
  }

  public Jt1078Config withPort(int newPort) {
    return with(bindAddress, newPort, silentTimeout, maxConnections, maxConnectionsPerAddress);
  }

  public Jt1078Config withBindAddress(String address) {
    return with(address, port, silentTimeout, maxConnections, maxConnectionsPerAddress);
  }

  public Jt1078Config withSilentTimeout(Duration timeout) {
    return with(bindAddress, port, timeout, maxConnections, maxConnectionsPerAddress);
  }

  public Jt1078Config withMaxConnections(int all, int perAddress) {
    return with(bindAddress, port, silentTimeout, all, perAddress);
  }

  private Jt1078Config with(String address, int newPort, Duration silent, int all, int perAddress) {
    return new Jt1078Config(
        address,
        newPort,
        quality,
        silent,
        maxBodyBytes,
        maxFrameBytes,
        maxGarbageBytes,
        all,
        perAddress,
        maxChannels,
        maxUdpFlows,
        udpFlowTimeout,
        damagedPictures);
  }
}
