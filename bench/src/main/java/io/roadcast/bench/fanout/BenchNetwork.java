package io.roadcast.bench.fanout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the packets go: a device in a network namespace of our own that drops them, so that only
 * the way out is paid for. Needs root and iproute2.
 */
final class BenchNetwork implements AutoCloseable {
  /** What the device can do. */
  enum Kind {
    /** Segments messages itself, as a network card may. */
    USO,
    /** The kernel segments just above the device, as in most clouds. */
    SOFT
  }

  private static final int REMOTE_PORT = 30_000;

  private final String name;
  private final Kind kind;

  private BenchNetwork(String name, Kind kind) {
    this.name = name;
    this.kind = kind;
  }

  /**
   * Makes it.
   *
   * @throws IOException if the system does not let us
   */
  static BenchNetwork make(Kind kind) throws IOException {
    BenchNetwork network =
        new BenchNetwork("roadcast-bench-" + ProcessHandle.current().pid(), kind);
    execute(List.of("ip", "netns", "add", network.name));
    try {
      network.inside("ip", "link", "set", "lo", "up");
      network.inside("ip", "link", "add", "sink", "type", "ifb");
      network.inside("ip", "link", "set", "sink", "arp", "off", "mtu", "1500", "up");
      network.inside("ip", "addr", "add", network.local() + "/24", "dev", "sink");
      if (kind == Kind.SOFT) {
        network.inside("ethtool", "-K", "sink", "tx-udp-segmentation", "off");
      }
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  String local() {
    return "10.77.0.1";
  }

  String remote() {
    return "10.77.0.9";
  }

  int remotePort() {
    return REMOTE_PORT;
  }

  String label() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The command that runs a command inside. */
  List<String> command(List<String> command) {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
    inside.addAll(command);
    return inside;
  }

  private void inside(String... command) throws IOException {
    execute(command(List.of(command)));
  }

  private static void execute(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    execute(List.of("ip", "netns", "del", name));
  }
}
