package io.roadcast.fleet.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs, which come along as an archive, one per platform. */
final class PostgresPrograms {
  /** Of PostgreSQL; its clusters can only be read by programs of the same one. */
  static final String MAJOR_VERSION = "18";

  private static final int EXECUTABLE = 0100;

  private final Path bin;

  private PostgresPrograms(Path bin) {
    this.bin = bin;
  }

  Path bin(String program) {
    return bin.resolve(program);
  }

  /**
   * Unpacks them below a directory unless they are there: about 60 MB, some seconds. Several
   * processes may do so at once.
   *
   * @throws IOException if there are none for this platform, or they can not be written
   */
  static PostgresPrograms unpackBelow(Path directory) throws IOException {
    URL archive = archive();
    Path home = directory.resolve("programs-" + mark(archive));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(directory);
      Path unfinished = Files.createTempDirectory(directory, "unpacking-");
      try {
        unpack(archive, unfinished);
        Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
        // Another process was quicker.
      } finally {
        FileTree.delete(unfinished);
      }
    }
    return new PostgresPrograms(home.resolve("bin"));
  }

  private static URL archive() throws IOException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> "unknown";
        };
    String name = "/postgres-" + system + "-" + machine + ".txz";
    URL found = PostgresPrograms.class.getResource(name);
    if (found == null) {
      throw new IOException(
          "this build brings no PostgreSQL for "
              + system
              + " on "
              + System.getProperty("os.arch")
              + ": configure the URL of a database server");
    }
    return found;
  }

  /** Differs between archives that differ, without reading them. */
  private static String mark(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    return connection instanceof JarURLConnection jar
        ? Long.toHexString(jar.getJarEntry().getCrc())
        : Long.toString(connection.getContentLengthLong());
  }

  private static void unpack(URL archive, Path target) throws IOException {
    try (InputStream raw = new BufferedInputStream(archive.openStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, target);
      }
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("the archive reaches out of its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & EXECUTABLE) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
