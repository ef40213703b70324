package io.roadcast.bench.fanout;

import io.roadcast.bench.fanout.FanoutVariant.EngineKind;
import io.roadcast.bench.fanout.FanoutVariant.PortKind;
import io.roadcast.sfu.linux.LinuxUdpPorts;
import io.roadcast.sfu.linux.NativePortException;
import io.roadcast.sfu.srtp.JdkSrtpEngine;
import io.roadcast.sfu.srtp.NativeEngineException;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpEngines;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.udp.NioUdpPort;
import io.roadcast.sfu.udp.PortSharing;
import io.roadcast.sfu.udp.UdpPort;
import io.roadcast.sfu.udp.WorkerStatistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The process of one variant. It reads orders from its standard input, "PACKETS WARM_MILLIS
 * MEASURE_MILLIS" a line, and answers each with a {@link FanoutSample}; the end of input ends it.
 */
public final class FanoutProcess {
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;

  private FanoutProcess() {}

  /** Arguments: port, engine, profile, viewers, local address, remote address, remote port. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    UdpPort port = port(PortKind.valueOf(arguments[0]), new InetSocketAddress(arguments[4], 0));
    SrtpEngine engine = engine(EngineKind.valueOf(arguments[1]));
    int remotePort = Integer.parseInt(arguments[6]);
    try (FanoutRig rig = new FanoutRig(port, engine)) {
      rig.join(
          Integer.parseInt(arguments[3]),
          new InetSocketAddress(arguments[5], remotePort),
          SrtpProfile.valueOf(arguments[2]));
      out.println("ready");
      BufferedReader orders =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        String[] words = order.split(" ");
        out.println(
            measure(
                    rig,
                    Integer.parseInt(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]))
                .line());
      }
    }
  }

  private static FanoutSample measure(FanoutRig rig, int packets, long warm, long milliseconds)
      throws InterruptedException {
    rig.run(packets);
    Thread.sleep(warm);
    WorkerStatistics before = rig.statistics();
    CpuTimes began = CpuTimes.now();
    Thread.sleep(milliseconds);
    CpuTimes used = CpuTimes.now().since(began);
    WorkerStatistics after = rig.statistics();
    rig.rest();
    return FanoutSample.of(before, after, used);
  }

  static UdpPort port(PortKind kind, InetSocketAddress local)
      throws IOException, NativePortException {
    return switch (kind) {
      case GSO ->
          LinuxUdpPorts.probe(LinuxUdpPorts.Offload.WHERE_POSSIBLE)
              .bind(local, SOCKET_BUFFER_BYTES, PortSharing.ALONE);
      case MMSG ->
          LinuxUdpPorts.probe(LinuxUdpPorts.Offload.NEVER)
              .bind(local, SOCKET_BUFFER_BYTES, PortSharing.ALONE);
      case NIO -> NioUdpPort.bind(local, SOCKET_BUFFER_BYTES, PortSharing.ALONE);
    };
  }

  static SrtpEngine engine(EngineKind kind) throws NativeEngineException {
    return switch (kind) {
      case JDK -> new JdkSrtpEngine();
      case IPSECMB -> SrtpEngines.ipsecMb();
      case AWSLC -> SrtpEngines.awsLc();
    };
  }
}
