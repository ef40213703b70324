package io.roadcast.jtt.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that keeps records is killed in the middle: what it said is kept is there. */
@Timeout(120)
class JournalCrashTest {
  private static final int ACKNOWLEDGED_BEFORE_THE_END = 3_000;

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Keeper.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith(".")) {
          acknowledged.add(line.substring(0, line.length() - 1));
        }
        if (acknowledged.size() == ACKNOWLEDGED_BEFORE_THE_END) {
          child.toHandle().destroyForcibly(); // the process's own method closes its output too
        }
      }
    }
    child.waitFor();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_END);

    Set<String> kept = new HashSet<>();
    JournalConfig config = JournalConfig.in(directory);
    try (Journal journal = Journal.open(config, InstantSource.system(), ignored -> {});
        JournalReader reader = journal.reader(0)) {
      for (var batch = reader.next(1000); !batch.isEmpty(); batch = reader.next(1000)) {
        batch.forEach(each -> kept.add(each.terminal()));
      }
    }
    assertThat(kept).containsAll(acknowledged);
  }

  /** The process that is killed. */
  static final class Keeper {
    private Keeper() {}

    public static void main(String[] arguments) throws IOException {
      Journal journal = Journal.open(JournalConfig.in(Path.of(arguments[0])));
      for (int number = 0; ; number++) {
        String name = Integer.toString(number);
        while (!taken(journal, name)) {
          Thread.onSpinWait();
        }
      }
    }

    private static boolean taken(Journal journal, String name) {
      JournalRecord value = new JournalRecord(1, name, Instant.now(), new byte[60]);
      boolean[] refused = new boolean[1];
      journal.append(
          value,
          outcome -> {
            if (outcome == Outcome.DURABLE) {
              System.out.println(name + ".");
            } else {
              refused[0] = true;
            }
          });
      return !refused[0];
    }
  }
}
