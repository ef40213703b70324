package io.roadcast.bench.fanout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roadcast.bench.fanout.FanoutVariant.EngineKind;
import io.roadcast.bench.fanout.FanoutVariant.PortKind;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run bench fanout}: what a packet costs, beside the machine's limit. */
@Command(
    name = "fanout",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "CPU time per packet of the server's media worker, in a network namespace whose device drops",
      "all packets. Needs Linux, root and iproute2."
    })
public final class FanoutCommand implements Callable<Integer> {
  enum Profile {
    GCM,
    CM
  }

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--limit",
      description = "Directory with fanout.c: it is compiled by gcc and measured in turn.")
  private @Nullable Path limit;

  @Option(names = "--bursts", split = ",", description = "Packets per frame (1,5,42).")
  private List<Integer> bursts = List.of(1, 5, 42);

  @Option(names = "--viewers", defaultValue = "200", description = "(${DEFAULT-VALUE})")
  private int viewers;

  @Option(names = "--rounds", defaultValue = "3", description = "(${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "0.6",
      description = "Of each measurement (${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--ports", split = ",", description = "${COMPLETION-CANDIDATES}; all.")
  private List<PortKind> ports = List.of(PortKind.values());

  @Option(names = "--engines", split = ",", description = "${COMPLETION-CANDIDATES}; all.")
  private List<EngineKind> engines = List.of(EngineKind.values());

  @Option(
      names = "--srtp",
      split = ",",
      description = "SRTP profiles: ${COMPLETION-CANDIDATES}; GCM.")
  private List<Profile> profiles = List.of(Profile.GCM);

  @Option(
      names = "--network",
      defaultValue = "USO",
      description = "What the device can do: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private BenchNetwork.Kind network = BenchNetwork.Kind.USO;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("not called by the command line");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    FanoutPlan plan = new FanoutPlan(variants(), bursts, viewers, rounds, seconds);
    FanoutReport report = measured(plan, progress);
    out.println(json ? json(report) : report.text());
    out.flush();
    return 0;
  }

  private FanoutReport measured(FanoutPlan plan, PrintWriter progress) throws IOException {
    try (BenchNetwork made = BenchNetwork.make(network)) {
      if (limit == null) {
        return new FanoutRounds(made, null, plan).run(progress::println);
      }
      try (LimitProgram program = LimitProgram.compile(limit)) {
        return new FanoutRounds(made, program, plan).run(progress::println);
      }
    }
  }

  private List<FanoutVariant> variants() {
    List<FanoutVariant> variants = new ArrayList<>();
    for (Profile profile : profiles) {
      for (PortKind port : ports) {
        for (EngineKind engine : engines) {
          variants.add(new FanoutVariant(port, engine, protection(profile)));
        }
      }
    }
    return variants;
  }

  private static SrtpProfile protection(Profile profile) {
    return switch (profile) {
      case GCM -> SrtpProfile.AEAD_AES_128_GCM;
      case CM -> SrtpProfile.AES128_CM_HMAC_SHA1_80;
    };
  }

  private static String json(FanoutReport report) throws JsonProcessingException {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(report);
  }
}
