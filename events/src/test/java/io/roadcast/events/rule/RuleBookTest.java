package io.roadcast.events.rule;

import static io.roadcast.events.rule.RuledEvent.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.events.EventOwner;
import io.roadcast.events.store.RuleTable;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which rules count, and that they follow what is written. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RuleBookTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final RuleTable table = new RuleTable(database.database());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void followsItsFileAndKeepsTheOldRulesWhileItIsWrong() throws Exception {
    Path file = Files.writeString(directory.resolve("rules.yaml"), rule("first"));
    try (RuleBook book = RuleBook.open(table, file)) {
      book.start();
      assertThat(counting(book, null)).isEqualTo("first");
      Files.writeString(file, rule("second"));
      await().atMost(SOON).until(() -> counting(book, null).equals("second"));
      Files.writeString(file, "rules: [{name: third}]");
      await().atMost(SOON).until(() -> book.problem().isPresent());
      assertThat(book.problem().orElseThrow()).contains("rules.yaml").contains("does something");
      assertThat(counting(book, null)).isEqualTo("second");
      Files.writeString(file, "");
      await().atMost(SOON).until(() -> book.problem().orElse("").contains("empty"));
      assertThat(counting(book, null)).isEqualTo("second");
      Files.delete(file);
      await().atMost(SOON).until(() -> !book.problem().orElse("").contains("empty"));
      assertThat(counting(book, null)).isEqualTo("second");
      Files.writeString(file, rule("fourth"));
      await().atMost(SOON).until(() -> counting(book, null).equals("fourth"));
      assertThat(book.problem()).isEmpty();
    }
  }

  @Test
  void anOrganizationsRulesCountBeforeTheNodesAndTheseBeforeTheFile() throws Exception {
    UUID ours = TimeOrderedId.next();
    Path file = Files.writeString(directory.resolve("rules.yaml"), rule("file"));
    try (RuleBook book = RuleBook.open(table, file)) {
      book.reload();
      assertThat(counting(book, ours)).isEqualTo("file");
      table.put(null, RuleReader.toJson(rule("node")), "test");
      table.put(ours, RuleReader.toJson(rule("ours")), "test");
      book.reload();
      assertThat(counting(book, ours)).isEqualTo("ours");
      assertThat(counting(book, TimeOrderedId.next())).isEqualTo("node");
      assertThat(counting(book, null)).isEqualTo("node");
      table.put(ours, RuleReader.toJson(rule("changed")), "test");
      book.reload();
      assertThat(counting(book, ours)).isEqualTo("changed");
      table.remove(ours);
      book.reload();
      assertThat(counting(book, ours)).isEqualTo("node");
      table.remove(null);
      book.reload();
      assertThat(counting(book, null)).isEqualTo("file");
    }
  }

  @Test
  void aFileThatIsWrongAtTheStartIsSaid() throws Exception {
    Path file = Files.writeString(directory.resolve("rules.yaml"), "rules: 7");
    assertThatThrownBy(() -> RuleBook.open(table, file)).isInstanceOf(RuleException.class);
  }

  private static String counting(RuleBook book, @Nullable UUID organization) {
    EventOwner owner = new EventOwner(null, null, null, organization);
    return book.judge(usual().of(owner).event(), List.of()).rules().getFirst();
  }

  private static String rule(String name) {
    return "rules: [{name: " + name + ", do: {notify: true}}]";
  }
}
