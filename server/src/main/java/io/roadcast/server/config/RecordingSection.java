package io.roadcast.server.config;

import java.nio.file.Path;
import java.time.Duration;

/** What of the streams is kept, and for how long. */
public record RecordingSection(
    KeepMode keep,
    @Between(min = "0s", max = "24h") Duration ring,
    @Between(min = "2s", max = "1h") Duration segment,
    @Between(min = "1h", max = "87600h") Duration retention,
    @Between(min = "0B", max = "1048576GiB") long maxBytes,
    @Between(min = "0B", max = "1048576GiB") long reservedBytes,
    @Between(min = "256KiB", max = "1GiB") long maxQueuedBytes,
    @Between(min = "1", max = "64") int writers,
    @Between(min = "0", max = "10000") int maxPlaybacks,
    @Between(min = "1MiB", max = "1024GiB") long maxThumbnailBytes,
    SealMode encryption,
    Path masterKeysFile) {}
