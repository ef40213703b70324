package io.roadcast.jtt.multimedia;

import io.roadcast.jtt.journal.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files on disk: {@code files/7f/ID.jpg}, and {@code notes/ID} for each of which the row is not
 * yet in the table. A file is kept when both are there, whole and durable; the note comes first, so
 * that nothing is left behind that nobody knows of. Names are made of our own ids alone.
 */
final class MediaFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MediaFiles.class);
  private static final String DRAFT = ".draft";
  private static final int FOLDERS = 256;

  private final Path directory;
  private final Path notes;

  private MediaFiles(Path directory) {
    this.directory = directory;
    this.notes = directory.resolve("notes");
  }

  /**
   * @param directory made if absent
   */
  static MediaFiles open(Path directory) throws IOException {
    MediaFiles files = new MediaFiles(directory);
    Files.createDirectories(files.notes);
    for (int i = 0; i < FOLDERS; i++) {
      Files.createDirectories(files.folder(i));
    }
    Directories.force(directory.resolve("files"));
    Directories.force(directory);
    return files;
  }

  private Path folder(int number) {
    return directory.resolve("files").resolve(String.format("%02x", number));
  }

  /** Where the file of an id is to be, relative to the directory. */
  static String place(UUID id, MediaFormat format) {
    // The last bits of the id are random, the first ones are the time.
    return String.format(
        "files/%02x/%s.%s", id.getLeastSignificantBits() & 0xff, id, format.extension());
  }

  /**
   * Keeps a file and its note.
   *
   * @throws IOException if they could not be made durable; then nothing of them is left
   */
  void keep(MediaRecord value, byte[] bytes) throws IOException {
    try {
      write(note(value.id()), value.id(), MediaNote.write(value).getBytes(StandardCharsets.UTF_8));
      write(file(value), value.id(), bytes);
    } catch (IOException | RuntimeException failed) {
      forgetFailed(value);
      throw failed;
    }
  }

  private static void write(Path target, UUID id, byte[] bytes) throws IOException {
    Path draft = target.resolveSibling(id + DRAFT);
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    Directories.force(parent(target));
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("in no directory: " + file);
    }
    return parent;
  }

  private void forgetFailed(MediaRecord value) {
    try {
      deleteFile(value);
      deleteNote(value.id());
    } catch (IOException again) {
      LOG.warn("[multimedia] what is left of {} goes at the next start: {}", value.id(), again);
    }
  }

  /** Where a file is. */
  Path file(MediaRecord value) {
    return directory.resolve(value.place());
  }

  private Path note(UUID id) {
    return notes.resolve(id.toString());
  }

  /** Deletes a file; nothing happens if it is gone. */
  void deleteFile(MediaRecord value) throws IOException {
    Path file = file(value);
    Files.deleteIfExists(file.resolveSibling(value.id() + DRAFT));
    Files.deleteIfExists(file);
  }

  /** The row is there: the note is no longer needed. */
  void deleteNote(UUID id) throws IOException {
    Files.deleteIfExists(notes.resolve(id + DRAFT));
    Files.deleteIfExists(note(id));
  }

  /**
   * What was kept and has no row yet, oldest first. What a crash left half done is cleared away. To
   * be asked once, before anything is kept.
   */
  List<MediaRecord> recover() throws IOException {
    List<MediaRecord> whole = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(notes)) {
      for (Path each : all) {
        if (each.getFileName().toString().endsWith(DRAFT)) {
          Files.delete(each);
        } else {
          recover(each, whole);
        }
      }
    }
    whole.sort(Comparator.comparing(MediaRecord::receivedAt).thenComparing(MediaRecord::id));
    return whole;
  }

  private void recover(Path note, List<MediaRecord> whole) throws IOException {
    MediaRecord value;
    try {
      value = MediaNote.read(Files.readString(note));
    } catch (IllegalArgumentException foreign) {
      LOG.error("[multimedia] {} is no note of ours and stays as it is", note, foreign);
      return;
    }
    if (sizeOf(file(value)) == value.bytes()) {
      whole.add(value);
    } else { // never acknowledged
      deleteFile(value);
      Files.delete(note);
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException none) {
      return -1;
    }
  }
}
