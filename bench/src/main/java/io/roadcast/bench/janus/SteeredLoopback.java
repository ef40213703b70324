package io.roadcast.bench.janus;

import io.roadcast.bench.child.ChildJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs this program again in a network namespace of its own, whose loopback device hands what is
 * sent to the receivers' core. On an ordinary one the sender, within its call, also does what
 * another machine's kernel would do.
 */
final class SteeredLoopback {
  private static final String PREPARE =
      "ip link set lo up && printf %x $((1 << $0)) > /sys/class/net/lo/queues/rx-0/rps_cpus"
          + " && exec \"$@\"";

  /** Where iproute2 keeps those it has made. */
  private static final Path NAMESPACES = Path.of("/run/netns");

  private SteeredLoopback() {}

  /**
   * Needs root and iproute2.
   *
   * @param program whose main method is run
   * @param core of the receivers, below 32
   * @param arguments of the command line, without the one that led here
   * @return its exit code
   */
  static int rerun(Class<?> program, int core, List<String> arguments)
      throws IOException, InterruptedException {
    String name = "roadcast-bench-" + ProcessHandle.current().pid();
    ip("netns", "add", name);
    try {
      Process inside =
          new ProcessBuilder(command(name, program, core, arguments)).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(inside, name)));
      return inside.waitFor();
    } finally {
      remove(name);
    }
  }

  private static List<String> command(
      String name, Class<?> program, int core, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("ip", "netns", "exec", name, "sh", "-ec", PREPARE));
    command.add(Integer.toString(core));
    command.addAll(ChildJava.command(program));
    command.addAll(arguments);
    return command;
  }

  /** When this program is ended from outside. */
  private static void end(Process inside, String name) {
    inside.destroy();
    try {
      inside.waitFor();
      remove(name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  /** Once, though both the one that waits for the program and the one that ends it come here. */
  private static synchronized void remove(String name) throws IOException, InterruptedException {
    if (Files.exists(NAMESPACES.resolve(name))) {
      ip("netns", "del", name);
    }
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
