package io.roadcast.server.config;

import java.time.Duration;

/**
 * What terminals are connected to, whom it lets in, and how their positions and pictures are kept.
 */
public record Jt808Section(
    @Between(min = "0", max = "65535") int port,
    AdmissionMode admission,
    @Between(min = "5s", max = "1h") Duration silentTimeout,
    @Between(min = "1s", max = "10m") Duration unauthenticatedTimeout,
    @Between(min = "1", max = "1000000") int maxConnections,
    @Between(min = "1", max = "1000000") int maxConnectionsPerAddress,
    @Between(min = "1", max = "1000000") int maxUdpTerminals,
    @Between(min = "1", max = "10000000") int maxTerminals,
    @Between(min = "1", max = "1000000") int maxRegistrationsPerMinute,
    @Between(min = "2KiB", max = "16MiB") int maxGarbageBytes,
    @Between(min = "64KiB", max = "64MiB") int maxMessageBytes,
    @Between(min = "1", max = "64") int maxOpenMessages,
    @Between(min = "1", max = "100000") int maxIncompleteMessages,
    @Between(min = "1s", max = "5m") Duration packageTimeout,
    @Between(min = "0", max = "20") int packageRequests,
    @Between(min = "8KiB", max = "16MiB") int maxWriteBytes,
    @Between(min = "1", max = "1000") int maxRequests,
    @Between(min = "1s", max = "5m") Duration retryInterval,
    @Between(min = "1MiB", max = "1GiB") int journalSegmentBytes,
    @Between(min = "16MiB", max = "1024GiB") long journalMaxBytes,
    @Between(min = "1h", max = "8760h") Duration journalMaxAge,
    @Between(min = "0s", max = "50ms") Duration journalGroupInterval,
    @Between(min = "1MiB", max = "1GiB") int journalMaxQueuedBytes,
    @Between(min = "24h", max = "87600h") Duration trackRetention,
    @Between(min = "1MiB", max = "1024GiB") long mediaTerminalMaxBytes,
    @Between(min = "16MiB", max = "1024GiB") long mediaMaxBytes,
    @Between(min = "16MiB", max = "1024GiB") long mediaWaitingMaxBytes) {}
