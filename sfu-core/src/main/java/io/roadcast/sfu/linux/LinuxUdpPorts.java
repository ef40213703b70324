package io.roadcast.sfu.linux;

import io.roadcast.sfu.udp.PortSharing;
import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Binds ports on a system that was found to have what they need. */
public final class LinuxUdpPorts {
  private final Architecture architecture;
  private final Segmentation segmentation;

  private LinuxUdpPorts(Architecture architecture, Segmentation segmentation) {
    this.architecture = architecture;
    this.segmentation = segmentation;
  }

  /** Whether runs may leave as one message. */
  public enum Offload {
    /** If the kernel can. */
    WHERE_POSSIBLE,
    NEVER
  }

  /**
   * Tries the system: calls, layouts and segmentation are checked with datagrams over the loopback
   * interface.
   *
   * @throws NativePortException if the ports would not work here
   */
  public static LinuxUdpPorts probe(Offload offload) throws NativePortException {
    Architecture architecture = architecture();
    try (Arena arena = Arena.ofConfined()) {
      Segmentation segmentation =
          offload == Offload.NEVER
              ? Segmentation.none("switched off")
              : Segmentation.ask(new LibcSyscalls(arena));
      LinuxUdpPorts ports = new LinuxUdpPorts(architecture, segmentation);
      SelfTest.run(ports);
      return ports;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new NativePortException(NativePortException.Reason.PROBE_FAILED, e.toString(), e);
    }
  }

  /**
   * Binds a port.
   *
   * @param bufferBytes asked of the system for both directions; it may give less
   * @throws java.net.BindException if the address is taken or not ours
   */
  public UdpPort bind(InetSocketAddress address, int bufferBytes, PortSharing sharing)
      throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return LinuxUdpPort.bind(
          new LibcSyscalls(arena),
          arena,
          address,
          bufferBytes,
          sharing,
          architecture,
          segmentation);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Why runs are not segmented; empty if they are. */
  public String segmentationRefusal() {
    return segmentation.refusal();
  }

  /** How many datagrams one message may become. */
  public int maxDatagrams() {
    return segmentation.maxDatagrams();
  }

  private static Architecture architecture() throws NativePortException {
    String system = System.getProperty("os.name");
    String name = System.getProperty("os.arch");
    @Nullable Architecture architecture = Architecture.named(name.toLowerCase(Locale.ROOT));
    if (!system.equals("Linux") || architecture == null) {
      throw new NativePortException(
          NativePortException.Reason.UNKNOWN_SYSTEM, system + " on " + name, null);
    }
    if (!LinuxUdpPorts.class.getModule().isNativeAccessEnabled()) {
      throw new NativePortException(
          NativePortException.Reason.NATIVE_ACCESS_DISABLED,
          "the JVM runs without --enable-native-access",
          null);
    }
    return architecture;
  }
}
