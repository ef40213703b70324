package io.roadcast.server.config;

import java.time.Duration;

/** What terminals bring the files of safety alarms to. */
public record AttachmentSection(
    @Between(min = "0", max = "65535") int port,
    String publicAddress,
    @Between(min = "1", max = "100000") int maxConnections,
    @Between(min = "1", max = "100000") int maxConnectionsPerAddress,
    @Between(min = "5s", max = "1h") Duration silentTimeout,
    @Between(min = "1KiB", max = "16MiB") int maxChunkBytes,
    @Between(min = "1", max = "255") int maxFiles,
    @Between(min = "64KiB", max = "4GiB") long maxFileBytes,
    @Between(min = "64KiB", max = "64GiB") long maxAlarmBytes,
    @Between(min = "1m", max = "8760h") Duration requestLifetime,
    @Between(min = "0B", max = "1024GiB") long reservedBytes) {}
