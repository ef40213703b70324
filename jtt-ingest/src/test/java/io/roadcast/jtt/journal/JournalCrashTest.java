package io.roadcast.jtt.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.KilledProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
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
    Set<Long> acknowledged =
        KilledProcess.numbers(
            Keeper.class, directory, Pattern.compile("([0-9]+)\\."), ACKNOWLEDGED_BEFORE_THE_END);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_END);

    Set<Long> kept = new HashSet<>();
    JournalConfig config = JournalConfig.in(directory);
    try (Journal journal = Journal.open(config, InstantSource.system(), ignored -> {});
        JournalReader reader = journal.reader(0)) {
      for (var batch = reader.next(1000); !batch.isEmpty(); batch = reader.next(1000)) {
        batch.forEach(each -> kept.add(Long.parseLong(each.terminal())));
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
