package io.roadcast.fleet.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this process: on the loopback address, with a password, in a
 * directory that only one process uses at a time. It runs as a process of its own; if this one is
 * killed it stays behind, and the next start ends it before it starts its own.
 *
 * <p>We start it ourselves rather than through a library because what is committed must be on the
 * disk, because it has to be ended last and not by a shutdown hook, and because of the password.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** Whether what is committed outlives a power failure. */
  public enum Durability {
    /** What a server needs. */
    SAFE,
    /** Quick, for data that is thrown away. */
    NONE
  }

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String USER = "roadcast";
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration INIT_PATIENCE = Duration.ofMinutes(3);
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;
  private static final long MAX_LOG_BYTES = 4 << 20;

  private final Path directory;
  private final Path cluster;
  private final Path programsDirectory;
  private final int maxConnections;
  private final Durability durability;
  private final FileChannel lock;
  private volatile int port;
  private boolean closed;

  private EmbeddedPostgres(
      Path directory,
      Path programsDirectory,
      int maxConnections,
      Durability durability,
      FileChannel lock) {
    this.directory = directory;
    this.cluster = directory.resolve("cluster");
    this.programsDirectory = programsDirectory;
    this.maxConnections = maxConnections;
    this.durability = durability;
    this.lock = lock;
  }

  /**
   * Claims a directory, quickly; starts nothing.
   *
   * @param directory for data, password and log; made if it is not there
   * @param programsDirectory where the programs are unpacked to, unless they are there
   * @throws IOException if another process has it
   */
  public static EmbeddedPostgres claim(
      Path directory, Path programsDirectory, int maxConnections, Durability durability)
      throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
    return new EmbeddedPostgres(
        absolute,
        programsDirectory.toAbsolutePath().normalize(),
        maxConnections,
        durability,
        lock(absolute));
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ofThisProcess) {
      // Told below.
    }
    channel.close();
    throw new IOException("the database directory " + directory + " is used by another server");
  }

  /**
   * Starts the server and waits until it answers; the first time this makes the cluster. Also after
   * it went away by itself.
   *
   * @throws IOException saying why it does not start
   */
  public synchronized void start() throws IOException {
    if (closed) {
      throw new IOException("the database server was closed");
    }
    PostgresPrograms programs = PostgresPrograms.unpackBelow(programsDirectory);
    endLeftOver(programs);
    makeCluster(programs);
    for (int attempt = 1; ; attempt++) {
      int wanted = port != 0 && attempt == 1 ? port : freePort();
      try {
        start(programs, wanted);
        port = wanted;
        return;
      } catch (IOException failure) {
        // Somebody else may have taken the port in between.
        if (attempt == ATTEMPTS) {
          throw new IOException(failure.getMessage() + "; see " + logFile(), failure);
        }
        endLeftOver(programs);
      }
    }
  }

  /** Of the database that the server was made with. */
  public DatabaseAddress address() throws IOException {
    return address("postgres");
  }

  /** Of a database of this server. */
  public DatabaseAddress address(String database) throws IOException {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
        USER,
        Files.readString(passwordFile()).strip());
  }

  private Path passwordFile() {
    return directory.resolve("password");
  }

  private void makeCluster(PostgresPrograms programs) throws IOException {
    Path versionFile = cluster.resolve("PG_VERSION");
    if (Files.exists(versionFile)) {
      String version = Files.readString(versionFile).strip();
      if (!version.equals(PostgresPrograms.MAJOR_VERSION)) {
        throw new IOException(
            cluster
                + " was made by PostgreSQL "
                + version
                + ", this is "
                + PostgresPrograms.MAJOR_VERSION
                + ": restore a backup into a new directory");
      }
      return;
    }
    LOG.info("making the database in {}", cluster);
    makePassword();
    Path unfinished = directory.resolve("cluster.new");
    FileTree.delete(unfinished);
    run(
        INIT_PATIENCE,
        programs.bin("initdb").toString(),
        "--pgdata=" + unfinished,
        "--username=" + USER,
        "--pwfile=" + passwordFile(),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        durability == Durability.SAFE ? "--sync-method=fsync" : "--no-sync");
    Files.writeString(
        unfinished.resolve("postgresql.conf"),
        "\n# Written anew at each start; what stands below it wins.\ninclude 'roadcast.conf'\n",
        StandardOpenOption.APPEND);
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private void makePassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path file = passwordFile();
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
  }

  private void start(PostgresPrograms programs, int wanted) throws IOException {
    String safe = durability == Durability.SAFE ? "on" : "off";
    Files.writeString(
        cluster.resolve("roadcast.conf"),
        """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = %d
        fsync = %s
        synchronous_commit = %s
        full_page_writes = %s
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = 512MB
        shared_buffers = 64MB
        max_parallel_workers = 2
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_min_messages = warning
        """
            .formatted(wanted, maxConnections, safe, safe, safe));
    run(
        START_PATIENCE,
        programs.bin("pg_ctl").toString(),
        "start",
        "--wait",
        "--silent",
        "--timeout=" + START_PATIENCE.toSeconds(),
        "--pgdata=" + cluster,
        "--log=" + logFile());
  }

  private Path logFile() throws IOException {
    Path log = directory.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(log, directory.resolve("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, 0));
      return socket.getLocalPort();
    }
  }

  /** Ends a server that a process before us left, or forgets one that is no more. */
  private void endLeftOver(PostgresPrograms programs) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    if (isRunning(pidFile)) {
      LOG.info("ending the database server that the last run left behind");
      stop(programs);
    }
    // We hold the lock and nobody runs: the file is only there because of a sudden end.
    Files.deleteIfExists(pidFile);
  }

  /** Whether the process is PostgreSQL in our directory, and not another one with its number. */
  private boolean isRunning(Path pidFile) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty()) {
      return false;
    }
    try {
      Path workingDirectory =
          Path.of("/proc", Long.toString(Long.parseLong(lines.getFirst().strip())), "cwd");
      return workingDirectory.toRealPath().equals(cluster.toRealPath());
    } catch (NumberFormatException | IOException gone) {
      return false;
    }
  }

  private void stop(PostgresPrograms programs) throws IOException {
    try {
      stop(programs, "fast");
    } catch (IOException tooSlow) {
      LOG.warn("the database server does not end: {}", tooSlow.getMessage());
      stop(programs, "immediate");
    }
  }

  private void stop(PostgresPrograms programs, String mode) throws IOException {
    run(
        STOP_PATIENCE.plusSeconds(10),
        programs.bin("pg_ctl").toString(),
        "stop",
        "--wait",
        "--silent",
        "--mode=" + mode,
        "--timeout=" + STOP_PATIENCE.toSeconds(),
        "--pgdata=" + cluster);
  }

  private void run(Duration patience, String... command) throws IOException {
    PostgresCommand.run(directory, patience, List.of(command));
  }

  /** Ends the server, if it runs, and gives the directory free. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try (lock) {
      Path pidFile = cluster.resolve("postmaster.pid");
      if (Files.exists(pidFile) && isRunning(pidFile)) {
        PostgresPrograms programs = PostgresPrograms.unpackBelow(programsDirectory);
        stop(programs, durability == Durability.SAFE ? "fast" : "immediate");
      }
    }
  }
}
