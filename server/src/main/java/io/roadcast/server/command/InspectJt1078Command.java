package io.roadcast.server.command;

import io.roadcast.jtt.inspect.ElementaryStreams;
import io.roadcast.jtt.inspect.JsonReport;
import io.roadcast.jtt.inspect.Jt1078Inspection;
import io.roadcast.jtt.inspect.Jt1078Report;
import io.roadcast.jtt.inspect.TextReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the packets of a recorded JT/T 1078 connection, and takes the media out of it. */
@Command(
    name = "jt1078",
    mixinStandardHelpOptions = true,
    description = "Lists the packets of a recorded JT/T 1078 connection and sums them up.")
public final class InspectJt1078Command implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "The bytes of one media connection, from the terminal to the platform.")
  private @Nullable Path file;

  @Option(
      names = "--json",
      description = "One JSON line per packet and, last, the summary, instead of a table.")
  private boolean json;

  @Option(
      names = "--extract",
      paramLabel = "DIR",
      description = "Writes elementary streams there, as {terminal}-{channel}.h264 and so on.")
  private @Nullable Path directory;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try {
      inspect(new BufferedWriter(Console.out(spec)));
      return 0;
    } catch (NoSuchFileException missing) {
      Console.err(spec).println("There is no file " + missing.getFile());
    } catch (IOException failure) {
      Console.err(spec).println("Failed: " + failure.getMessage());
    }
    return 1;
  }

  private void inspect(Writer out) throws IOException {
    Jt1078Report report = json ? new JsonReport(out) : new TextReport(out);
    try (InputStream input = Files.newInputStream(Objects.requireNonNull(file));
        ElementaryStreams extracted =
            directory == null ? ElementaryStreams.nowhere() : ElementaryStreams.into(directory)) {
      new Jt1078Inspection(report, extracted).run(input);
    }
  }
}
