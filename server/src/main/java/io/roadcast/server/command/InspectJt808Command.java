package io.roadcast.server.command;

import io.roadcast.jtt.inspect.Jt808Inspection;
import io.roadcast.jtt.inspect.Jt808JsonReport;
import io.roadcast.jtt.jt808.ProtocolVersion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what JT/T 808 bytes hold, a JSON line per frame. */
@Command(name = "jt808", description = "Says what JT/T 808 bytes hold, one JSON line per frame.")
public final class InspectJt808Command implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      paramLabel = "FILE",
      description =
          "Bytes as they went over the wire, or text with frames in hexadecimal, one per line;"
              + " - for the standard input.")
  private String file = STANDARD_INPUT;

  @Option(
      names = "--version",
      paramLabel = "EDITION",
      description = "2011, 2013 or 2019: the bodies' edition, instead of the header's.")
  private @Nullable Integer edition;

  @Option(
      names = "--body",
      paramLabel = "MESSAGE_ID",
      description = "Each line is one body of this message, such as 0x0200, in hexadecimal.")
  private @Nullable String messageId;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at the option.
  private boolean help;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    ProtocolVersion version = edition == null ? null : version(edition);
    Integer id = messageId == null ? null : id(messageId);
    try {
      if (file.equals(STANDARD_INPUT)) {
        inspect(System.in, version, id);
      } else {
        try (InputStream input = Files.newInputStream(Path.of(file))) {
          inspect(input, version, id);
        }
      }
      return 0;
    } catch (NoSuchFileException missing) {
      Console.err(spec).println("There is no file " + missing.getFile());
    } catch (IOException | UncheckedIOException failure) {
      Console.err(spec).println("Failed: " + failure.getMessage());
    }
    return 1;
  }

  private void inspect(InputStream input, @Nullable ProtocolVersion version, @Nullable Integer id)
      throws IOException {
    Jt808JsonReport report = new Jt808JsonReport(new BufferedWriter(Console.out(spec)));
    Jt808Inspection inspection = new Jt808Inspection(report, version);
    if (id == null) {
      inspection.frames(input);
    } else {
      inspection.bodies(id, input);
    }
  }

  private ProtocolVersion version(int year) {
    try {
      return ProtocolVersion.ofYear(year);
    } catch (IllegalArgumentException unknown) {
      throw refused("--version: " + unknown.getMessage());
    }
  }

  private int id(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    try {
      int id = Integer.parseInt(digits, 16);
      if (id >= 0 && id <= 0xffff) {
        return id;
      }
    } catch (NumberFormatException noNumber) {
      // Refused below, as one outside the range is.
    }
    throw refused("--body: no message id: " + text);
  }

  private ParameterException refused(String why) {
    if (spec == null) {
      throw new IllegalStateException("the command was not made by the command line");
    }
    return new ParameterException(spec.commandLine(), why);
  }
}
