package io.roadcast.events.rule;

import io.roadcast.events.EventJudge;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.RuleTable;
import io.roadcast.events.store.RuleTable.Stored;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that count at this moment: an organization's set from the table, else the node's, else
 * the file's, else those that we ship. Follows file and table; a set that is wrong changes nothing.
 * Any thread.
 */
public final class RuleBook implements EventJudge, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final String SHIPPED = "default-rules.yaml";

  private final RuleTable table;
  private final @Nullable Path file;
  private final ScheduledExecutorService follower;
  private final Map<UUID, Read> ofOrganizations = new HashMap<>();
  private volatile Given given;
  private volatile @Nullable Read ofNode;
  private volatile Map<UUID, RuleSet> organizations = Map.of();
  private volatile @Nullable String problem;

  /** A set and the text that it was read from. */
  private record Given(String text, RuleSet rules) {}

  private record Read(long revision, RuleSet rules) {}

  private RuleBook(RuleTable table, @Nullable Path file, Given given) {
    this.table = table;
    this.file = file;
    this.given = given;
    this.follower =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("event-rules").daemon().factory());
  }

  /**
   * Reads the file, or what we ship.
   *
   * @throws RuleException if the file's rules are wrong
   * @throws IOException if the file can not be read
   */
  public static RuleBook open(RuleTable table, @Nullable Path file)
      throws RuleException, IOException {
    String text = file == null ? shipped() : Files.readString(file);
    return new RuleBook(table, file, new Given(text, RuleReader.read(text)));
  }

  /** The rules that we ship, as YAML. */
  public static String shipped() {
    try (InputStream in = RuleBook.class.getResourceAsStream(SHIPPED)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Follows from now on. */
  public void start() {
    var unused =
        follower.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The text that counts where the API has said nothing. */
  public String text() {
    return given.text();
  }

  /** What is wrong with the file, in words for the operator. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public Verdict judge(SafetyEvent event, List<UUID> groups) {
    return of(event.owner().organization()).judge(event, groups);
  }

  private RuleSet of(@Nullable UUID organization) {
    RuleSet own = organization == null ? null : organizations.get(organization);
    Read node = ofNode;
    return own != null ? own : node != null ? node.rules() : given.rules();
  }

  /** Reads file and table now. */
  public synchronized void reload() {
    readFile();
    readTable();
  }

  private void look() {
    try {
      reload();
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[events] rules of the table later: {}", away.getMessage());
    } catch (RuntimeException mistake) {
      LOG.error("[events] rules can not be read", mistake);
    }
  }

  private void readFile() {
    if (file == null) {
      return;
    }
    try {
      String text = Files.readString(file);
      if (!text.equals(given.text())) {
        given = new Given(text, RuleReader.read(text));
        LOG.info("[events] {} rules from {}", given.rules().size(), file);
      }
      problem = null;
    } catch (IOException | RuleException wrong) {
      String said = "the rules in " + file + " are not used: " + wrong.getMessage();
      if (!said.equals(problem)) {
        LOG.warn("[events] {}", said);
      }
      problem = said;
    }
  }

  private void readTable() {
    List<Stored> stored = table.all();
    Read node = null;
    Map<UUID, Read> before = Map.copyOf(ofOrganizations);
    ofOrganizations.clear();
    for (Stored each : stored) {
      UUID organization = each.organization();
      Read known = organization == null ? ofNode : before.get(organization);
      Read read = known != null && known.revision() == each.revision() ? known : read(each, known);
      if (organization == null) {
        node = read;
      } else if (read != null) {
        ofOrganizations.put(organization, read);
      }
    }
    ofNode = node;
    Map<UUID, RuleSet> sets = new HashMap<>();
    ofOrganizations.forEach((id, read) -> sets.put(id, read.rules()));
    organizations = Map.copyOf(sets);
  }

  private static @Nullable Read read(Stored stored, @Nullable Read before) {
    try {
      return new Read(stored.revision(), RuleReader.read(stored.rules()));
    } catch (RuleException wrong) {
      LOG.error("[events] stored rules are not used: {}", wrong.getMessage());
      return before;
    }
  }

  @Override
  public void close() {
    follower.shutdownNow();
  }
}
