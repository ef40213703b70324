package io.roadcast.bench.fanout;

import io.roadcast.media.rtp.RtpBlockWriter;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures all variants and the limit in turn, several times over, and takes medians. */
final class FanoutRounds {
  private static final int HEADER_BYTES = 20;
  private static final int PLAIN_BYTES = HEADER_BYTES + RtpBlockWriter.MAX_PAYLOAD_BYTES;
  private static final long FIRST_WARM_MILLIS = 3000;
  private static final long WARM_MILLIS = 150;

  /** What is compared: a name, and the profile whose limit it is held against. */
  private record Key(String name, SrtpProfile profile, int burst) {}

  private final BenchNetwork network;
  private final @Nullable LimitProgram limit;
  private final FanoutPlan plan;
  private final Map<Key, List<FanoutSample>> samples = new LinkedHashMap<>();

  FanoutRounds(BenchNetwork network, @Nullable LimitProgram limit, FanoutPlan plan) {
    this.network = network;
    this.limit = limit;
    this.plan = plan;
  }

  /** Variants that do not work here are left out, saying so. */
  FanoutReport run(Consumer<String> progress) throws IOException {
    List<MeasuredVariant> running = new ArrayList<>();
    try {
      for (FanoutVariant variant : plan.variants()) {
        start(variant, running, progress);
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        progress.accept("round " + round + " of " + plan.rounds());
        for (int burst : plan.bursts()) {
          round(burst, running);
        }
      }
    } finally {
      running.forEach(MeasuredVariant::close);
    }
    return report();
  }

  private void start(
      FanoutVariant variant, List<MeasuredVariant> running, Consumer<String> progress)
      throws IOException {
    MeasuredVariant started;
    try {
      started = MeasuredVariant.start(variant, network, plan.viewers());
    } catch (IOException e) {
      progress.accept("left out: " + e.getMessage());
      return;
    }
    running.add(started);
    progress.accept("warming up: " + variant.name());
    for (int burst : plan.bursts()) {
      started.measure(burst, FIRST_WARM_MILLIS, WARM_MILLIS);
    }
  }

  private void round(int burst, List<MeasuredVariant> running) throws IOException {
    for (SrtpProfile profile : SrtpProfile.values()) {
      LimitProgram program = limit;
      if (program == null
          || running.stream().noneMatch(one -> one.variant().profile() == profile)) {
        continue;
      }
      String crypto = program.cheapest(shortName(profile));
      for (String send : List.of("gsommsg", "mmsg")) {
        note(
            new Key("C " + send + " " + crypto, profile, burst),
            program.run(network, send, crypto, burst, plan.seconds(), plan.viewers(), PLAIN_BYTES));
      }
    }
    for (MeasuredVariant variant : running) {
      note(
          new Key(variant.variant().name(), variant.variant().profile(), burst),
          variant.measure(burst, WARM_MILLIS, (long) (1000 * plan.seconds())));
    }
  }

  private static String shortName(SrtpProfile profile) {
    return profile == SrtpProfile.AEAD_AES_128_GCM ? "gcm" : "cm";
  }

  private void note(Key key, FanoutSample sample) {
    samples.computeIfAbsent(key, unused -> new ArrayList<>()).add(sample);
  }

  private FanoutReport report() {
    List<FanoutReport.Row> rows = new ArrayList<>();
    samples.forEach((key, list) -> rows.add(row(key, list)));
    rows.sort(Comparator.comparingInt(FanoutReport.Row::burst));
    return new FanoutReport(
        network.label(), plan.viewers(), plan.rounds(), limit == null ? "" : limit.library(), rows);
  }

  private FanoutReport.Row row(Key key, List<FanoutSample> list) {
    FanoutSample median = median(list);
    double least = leastNanos(key);
    return new FanoutReport.Row(
        key.name,
        key.burst,
        median.nanos(),
        median.userNanos(),
        median.packetBytes(),
        least == 0 ? 0 : median.nanos() / least,
        list.stream().mapToLong(FanoutSample::errors).sum());
  }

  private double leastNanos(Key key) {
    if (limit == null) {
      return 0;
    }
    String name = "C gsommsg " + limit.cheapest(shortName(key.profile));
    List<FanoutSample> of = samples.get(new Key(name, key.profile, key.burst));
    return of == null ? 0 : median(of).nanos();
  }

  private static FanoutSample median(List<FanoutSample> list) {
    List<FanoutSample> sorted = new ArrayList<>(list);
    sorted.sort(Comparator.comparingDouble(FanoutSample::nanos));
    return sorted.get(sorted.size() / 2);
  }
}
