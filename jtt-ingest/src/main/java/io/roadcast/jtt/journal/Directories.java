package io.roadcast.jtt.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Names of a directory that must survive a loss of power. */
public final class Directories {
  private static final String IDENTITY = "journal.id";

  private Directories() {}

  /** Makes new and deleted names safe on disk, where the system can do that. */
  public static void force(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException ignored) {
      // not every system opens directories; those that do not need it otherwise
      return;
    }
  }

  /** Names the journal in this directory, so that a cursor of another one is not taken for its. */
  static UUID identity(Path directory) throws IOException {
    Path file = directory.resolve(IDENTITY);
    if (Files.exists(file)) {
      return UUID.fromString(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }
    UUID fresh = UUID.randomUUID();
    Path draft = directory.resolve(IDENTITY + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.US_ASCII.encode(fresh + "\n"));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    force(directory);
    return fresh;
  }
}
