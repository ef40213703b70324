package io.roadcast.jtt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of these tests that says numbers until it is killed in the middle of its work. */
public final class KilledProcess {
  private KilledProcess() {}

  /**
   * Kills it when it has said so many; what it had said till its end.
   *
   * @param main its main class
   * @param directory its only argument
   * @param whole a line that was said to its end, with a number as its only group
   */
  public static Set<Long> numbers(Class<?> main, Path directory, Pattern whole, int enough)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Set<Long> said = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher number = whole.matcher(line);
        if (number.matches()) {
          said.add(Long.parseLong(number.group(1)));
        }
        if (said.size() == enough) {
          child.toHandle().destroyForcibly(); // the process's own method closes its output too
        }
      }
    }
    child.waitFor();
    return said;
  }
}
