package io.roadcast.recorder.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the room on the disk, a part of which is reserved for others, such as the database. Below
 * twice that it warns; below one and a half of it recordings have to go; below it nothing is
 * written. Any thread; looks at the disk once a second at most.
 */
public final class DiskGuard {
  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final FreeSpace disk;
  private final long reservedBytes;
  private volatile long freeBytes = Long.MAX_VALUE;
  private volatile long lookedNanos;
  private volatile boolean looked;
  private volatile boolean low;

  /** How much a disk still takes. */
  @FunctionalInterface
  public interface FreeSpace {
    long bytes() throws IOException;
  }

  /**
   * @param directory on the disk, which exists
   */
  public static DiskGuard of(Path directory, long reservedBytes) {
    return new DiskGuard(() -> Files.getFileStore(directory).getUsableSpace(), reservedBytes);
  }

  public DiskGuard(FreeSpace disk, long reservedBytes) {
    this.disk = disk;
    this.reservedBytes = reservedBytes;
  }

  /** As last seen. */
  public long freeBytes() {
    if (!looked || System.nanoTime() - lookedNanos > INTERVAL_NANOS) {
      look();
    }
    return freeBytes;
  }

  /** Looks now. */
  public void look() {
    try {
      freeBytes = disk.bytes();
    } catch (IOException unknown) {
      // A disk that can not be asked will refuse to be written by itself.
      LOG.warn("[recorder] the room on the disk is unknown: {}", unknown.toString());
    }
    lookedNanos = System.nanoTime();
    looked = true;
    boolean now = freeBytes < 2 * reservedBytes;
    if (now && !low) {
      LOG.warn("[recorder] the disk has {} bytes left; the oldest recordings go soon", freeBytes);
    }
    low = now;
  }

  /** What has to be deleted so that writing goes on; not positive if there is room enough. */
  public long missingBytes() {
    return reservedBytes + reservedBytes / 2 - freeBytes();
  }

  /**
   * @throws IOException if nothing may be written now
   */
  void demandRoom() throws IOException {
    if (freeBytes() < reservedBytes) {
      throw new IOException("less than " + reservedBytes + " bytes are free");
    }
  }

  /** What is wrong, in words for the operator. */
  public Optional<String> problem() {
    long free = freeBytes();
    if (free >= 2 * reservedBytes) {
      return Optional.empty();
    }
    return Optional.of(
        free < reservedBytes
            ? "the disk is full: nothing is recorded, " + free + " bytes are left for others"
            : "the disk is nearly full: " + free + " bytes are left");
  }
}
