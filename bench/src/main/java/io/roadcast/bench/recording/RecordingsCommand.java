package io.roadcast.bench.recording;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line {@code ./run bench recordings}. */
@Command(
    name = "recordings",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "What recording a live stream costs: the same streams of 720p with 2 Mbit/s are live without",
      "and with a recorder in turn, in a process of their own. Needs ffmpeg."
    })
public final class RecordingsCommand implements Callable<Integer> {
  @Option(
      names = "--streams",
      defaultValue = "40",
      description = "Streams at once (${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long each measurement is (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Measurements without and with a recorder, in turn (${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // All of the heap is there from the beginning: what the process grows by is memory outside it.
    command.addAll(List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RecordingProgram.class.getName());
    for (int argument : new int[] {streams, seconds, rounds}) {
      command.add(Integer.toString(argument));
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
