package io.roadcast.jtt.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal. Its name is the journal position of its first byte, so that positions go
 * on from file to file.
 *
 * @param base position of the file's first byte
 * @param createdAt no record in it is older
 */
record Segment(Path file, long base, Instant createdAt) {
  /** "RCJ1", then the time of creation in milliseconds since 1970. */
  static final int HEADER_BYTES = 4 + 8;

  private static final int MAGIC = 0x52434a31;
  private static final String SUFFIX = ".journal";

  /**
   * Makes the file with its header, not yet safe on disk; one that an error left there is replaced.
   */
  static Segment create(Path directory, long base, Instant now) throws IOException {
    Path file = directory.resolve(String.format("%019d%s", base, SUFFIX));
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      header.putInt(MAGIC).putLong(now.toEpochMilli()).flip();
      while (header.hasRemaining()) {
        channel.write(header);
      }
    }
    return new Segment(file, base, now);
  }

  /** All of a directory, oldest first; a file whose header was never written is deleted. */
  static List<Segment> list(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).toList();
    }
    Stream.Builder<Segment> found = Stream.builder();
    for (Path file : files) {
      Segment segment = open(file);
      if (segment == null) {
        Files.delete(file);
      } else {
        found.add(segment);
      }
    }
    return found.build().sorted(Comparator.comparingLong(Segment::base)).toList();
  }

  private static @Nullable Segment open(Path file) throws IOException {
    String name = file.getFileName().toString();
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (header.hasRemaining() && channel.read(header) >= 0) {
        // reads on
      }
    }
    if (header.hasRemaining()) {
      return null;
    }
    header.flip();
    if (header.getInt() != MAGIC) {
      throw new IOException(file + " is no segment of a journal");
    }
    long base = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    return new Segment(file, base, Instant.ofEpochMilli(header.getLong()));
  }

  /** Position of the first record. */
  long firstRecord() {
    return base + HEADER_BYTES;
  }

  /** Position behind the last byte that the file has now. */
  long fileEnd() throws IOException {
    return base + Files.size(file);
  }
}
