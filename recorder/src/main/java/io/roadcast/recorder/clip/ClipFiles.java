package io.roadcast.recorder.clip;

import io.roadcast.recorder.segment.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

/** Where clips lie: {@code clips/EVENT/NAME} in a directory. Names are our own. */
final class ClipFiles {
  private final Path root;

  /** Writes a file's bytes. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * A file that is safe.
   *
   * @param place relative to the root
   */
  record Written(String place, long bytes, String sha256) {}

  ClipFiles(Path root) {
    this.root = root;
  }

  Path file(String place) {
    return root.resolve(place);
  }

  /** Writes a file, durable when this returns; one of the same name is replaced. */
  Written write(UUID event, String name, Content content) throws IOException {
    String place = "clips/" + event + "/" + name;
    Path file = file(place);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path draft = file.resolveSibling(name + ".draft");
    MessageDigest digest = Digests.sha256();
    long length;
    try (FileChannel channel =
            FileChannel.open(
                draft,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
      content.write(out);
      channel.force(true);
      length = channel.size();
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Written(place, length, HexFormat.of().formatHex(digest.digest()));
  }
}
