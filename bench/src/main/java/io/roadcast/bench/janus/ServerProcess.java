package io.roadcast.bench.janus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on its cores, and what the kernel says about it (proc(5)). */
final class ServerProcess implements AutoCloseable {
  private static final int USER_FIELD = 11;
  private static final int SYSTEM_FIELD = 12;
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long STOP_SECONDS = 15;

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
    // Whoever interrupts the benchmark wants no server left behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /**
   * @param cores as taskset(1) takes them
   * @param log takes what the server says
   */
  static ServerProcess start(String cores, Path log, List<String> command) throws IOException {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
    pinned.addAll(command);
    return new ServerProcess(
        new ProcessBuilder(pinned).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** User and system time of all its threads so far; the kernel counts hundredths of a second. */
  long cpuNanos() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD]))
        * NANOS_PER_TICK;
  }

  /** The same for each of its threads, finer. */
  ThreadTimes threads() throws IOException {
    return ThreadTimes.read(proc("task"));
  }

  double residentMegabytes() throws IOException {
    Matcher resident = RESIDENT.matcher(Files.readString(proc("status")));
    return resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : Double.NaN;
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
