package io.roadcast.jtt.attachment;

import java.time.Duration;

/**
 * Where files of alarms come in, and how much of them.
 *
 * @param bindAddress host or address to listen on
 * @param port 0 for any
 * @param publicAddress told to terminals; empty for the one at which each reached the gateway
 * @param silentTimeout how long a connection may say nothing
 * @param maxChunkBytes data of one piece
 * @param maxFiles of one alarm
 * @param maxFileBytes of one file
 * @param maxAlarmBytes of all files of one alarm
 * @param requestLifetime how long after 0x9208 files are taken
 * @param reservedBytes left free on the disk
 */
public record AttachmentConfig(
    String bindAddress,
    int port,
    String publicAddress,
    int maxConnections,
    int maxConnectionsPerAddress,
    Duration silentTimeout,
    int maxChunkBytes,
    int maxFiles,
    long maxFileBytes,
    long maxAlarmBytes,
    Duration requestLifetime,
    long reservedBytes) {
  public AttachmentConfig {
    if (maxChunkBytes < 1 || maxFiles < 1 || maxFileBytes < 1 || maxAlarmBytes < 1) {
      throw new IllegalArgumentException("a limit below 1 takes nothing");
    }
  }
}
