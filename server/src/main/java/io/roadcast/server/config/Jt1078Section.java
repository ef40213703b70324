package io.roadcast.server.config;

import io.roadcast.jtt.jt1078.DamagedPictures;
import java.time.Duration;

/** What terminals send their pictures and sound to; the limits are those of each port. */
public record Jt1078Section(
    @Between(min = "0", max = "65535") int port,
    @Between(min = "0", max = "65535") int subPort,
    @Between(min = "1s", max = "10m") Duration silentTimeout,
    @Between(min = "1s", max = "10m") Duration udpFlowTimeout,
    @Between(min = "1", max = "1000000") int maxConnections,
    @Between(min = "1", max = "1000000") int maxConnectionsPerAddress,
    @Between(min = "1", max = "1000000") int maxUdpFlows,
    @Between(min = "1", max = "256") int maxChannels,
    @Between(min = "950B", max = "65535B") int maxBodyBytes,
    @Between(min = "64KiB", max = "6MiB") int maxFrameBytes,
    @Between(min = "1KiB", max = "16MiB") int maxGarbageBytes,
    String publicAddress,
    MediaTransport transport,
    DamagedPictures damagedPictures) {}
