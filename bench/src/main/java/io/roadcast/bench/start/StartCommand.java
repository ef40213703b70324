package io.roadcast.bench.start;

import io.roadcast.bench.child.ScratchDirectory;
import io.roadcast.bench.child.ServerJars;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run bench start}: how long a server takes until it serves. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts the server, in an empty data directory and again in the one that it left, with the",
      "database that it runs itself, while a terminal knocks. One start before is not counted."
    })
public final class StartCommand implements Callable<Integer> {
  private static final long MEGABYTE = 1_000_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Of a first and a second start (${DEFAULT-VALUE}). 0: only the one before.")
  private int rounds;

  @Option(
      names = "--aot-cache",
      paramLabel = "FILE",
      description = {
        "Also with an AOT cache, which the start that is not counted leaves there. It serves these",
        "jars on this Java, and no others."
      })
  private @Nullable Path aotCache;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Path jars = ServerJars.ofThisCheckout();
    Path cache = aotCache == null ? null : aotCache.toAbsolutePath();
    try (ScratchDirectory scratch = scratch()) {
      start(jars, scratch, cache == null ? List.of() : List.of("-XX:AOTCacheOutput=" + cache));
    }
    rounds(jars, List.of(), out);
    if (cache != null) {
      out.printf("AOT cache of %d MB: %s%n", Files.size(cache) / MEGABYTE, cache);
      rounds(jars, List.of("-XX:AOTCache=" + cache), out);
    }
    return 0;
  }

  private void rounds(Path jars, List<String> options, PrintWriter out)
      throws IOException, InterruptedException {
    if (rounds < 1) {
      return;
    }
    List<StartTimes> first = new ArrayList<>();
    List<StartTimes> second = new ArrayList<>();
    out.println(StartTimes.HEADING);
    for (int round = 0; round < rounds; round++) {
      try (ScratchDirectory scratch = scratch()) {
        first.add(start(jars, scratch, options));
        out.println(first.getLast().line("first"));
        second.add(start(jars, scratch, options));
        out.println(second.getLast().line("second"));
        out.flush();
      }
    }
    out.println("medians");
    out.println(StartTimes.medians(first).line("first"));
    out.println(StartTimes.medians(second).line("second"));
    out.flush();
  }

  private static StartTimes start(Path jars, ScratchDirectory scratch, List<String> options)
      throws IOException, InterruptedException {
    try (WatchedStart start = new WatchedStart(jars, scratch.path(), options)) {
      return start.await();
    }
  }

  private static ScratchDirectory scratch() throws IOException {
    return ScratchDirectory.create("roadcast-start-");
  }
}
