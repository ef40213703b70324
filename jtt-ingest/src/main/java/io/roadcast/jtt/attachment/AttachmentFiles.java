package io.roadcast.jtt.attachment;

import io.roadcast.jtt.journal.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files on disk: {@code requests/NUMBER} for what was asked for, {@code parts/ID} for what is
 * coming in, {@code files/7f/ID} for what is whole, and {@code notes/ID} for each of these that is
 * not yet tied to its event. Names are made of our own ids alone.
 */
final class AttachmentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AttachmentFiles.class);
  private static final String DRAFT = ".draft";
  private static final int FOLDERS = 256;

  private final Path directory;
  private final Path requests;
  private final Path parts;
  private final Path notes;

  private AttachmentFiles(Path directory) {
    this.directory = directory;
    this.requests = directory.resolve("requests");
    this.parts = directory.resolve("parts");
    this.notes = directory.resolve("notes");
  }

  /**
   * Opens it; what was coming in when the server ended has to come again.
   *
   * @param directory made if absent
   */
  static AttachmentFiles open(Path directory) throws IOException {
    AttachmentFiles files = new AttachmentFiles(directory);
    for (Path each : List.of(files.requests, files.parts, files.notes)) {
      Files.createDirectories(each);
    }
    for (int i = 0; i < FOLDERS; i++) {
      Files.createDirectories(directory.resolve("files").resolve(String.format("%02x", i)));
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(files.parts)) {
      for (Path each : left) {
        Files.delete(each);
      }
    }
    Directories.force(directory.resolve("files"));
    Directories.force(directory);
    return files;
  }

  /** Where a whole file is, relative to the directory. */
  static String place(UUID id) {
    return String.format("files/%02x/%s", id.getLeastSignificantBits() & 0xff, id);
  }

  Path file(String place) {
    return directory.resolve(place);
  }

  Path part(UUID id) {
    return parts.resolve(id.toString());
  }

  /** Bytes that may still be written to this disk. */
  long usableBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  void keep(AttachmentRequest request) throws IOException {
    write(requests.resolve(request.number()), NoteText.write(request));
  }

  void forget(AttachmentRequest request) throws IOException {
    Files.deleteIfExists(requests.resolve(request.number()));
  }

  /** Writes a piece of a file that is coming in; a file is as long as its furthest piece. */
  void write(UUID id, long offset, ByteBuffer data) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part(id), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (data.hasRemaining()) {
        channel.write(data, offset + data.position());
      }
    }
  }

  /** Makes what has come durable, as long as it should be; its digest. */
  String seal(UUID id, long size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part(id), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.size() < size) {
        channel.write(ByteBuffer.allocate(1), size - 1);
      }
      channel.truncate(size);
      channel.force(true);
    }
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(part(id)), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  byte[] head(UUID id) throws IOException {
    try (InputStream in = Files.newInputStream(part(id))) {
      return in.readNBytes(ContentKind.HEAD_BYTES);
    }
  }

  /** Gives a sealed file its place, and leaves a note that it has to be tied to its event. */
  void keep(Attachment file) throws IOException {
    write(notes.resolve(file.id().toString()), NoteText.write(file));
    Path target = file(file.place());
    Files.move(part(file.id()), target, StandardCopyOption.ATOMIC_MOVE);
    Directories.force(Objects.requireNonNull(target.getParent()));
  }

  /** It is tied to its event. */
  void settled(UUID id) throws IOException {
    Files.deleteIfExists(notes.resolve(id.toString()));
  }

  private static void write(Path target, String text) throws IOException {
    Path draft = target.resolveSibling(target.getFileName() + DRAFT);
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Directories.force(Objects.requireNonNull(target.getParent()));
  }

  /** What was asked for and not forgotten. */
  List<AttachmentRequest> requests() throws IOException {
    return read(requests, NoteText::request);
  }

  /** Whole files that are not tied to their events; what was never acknowledged is cleared away. */
  List<Attachment> unsettled() throws IOException {
    List<Attachment> whole = new ArrayList<>();
    for (Attachment each : read(notes, NoteText::file)) {
      Path file = file(each.place());
      if (Files.exists(file) && Files.size(file) == each.bytes()) {
        whole.add(each);
      } else {
        settled(each.id());
      }
    }
    return whole;
  }

  private interface Reader<T> {
    T read(String text);
  }

  private static <T> List<T> read(Path folder, Reader<T> reader) throws IOException {
    List<T> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        if (each.getFileName().toString().endsWith(DRAFT)) {
          Files.delete(each);
          continue;
        }
        try {
          found.add(reader.read(Files.readString(each)));
        } catch (IllegalArgumentException foreign) {
          LOG.error("[attachments] {} is no note of ours and stays as it is", each, foreign);
        }
      }
    }
    return found;
  }
}
