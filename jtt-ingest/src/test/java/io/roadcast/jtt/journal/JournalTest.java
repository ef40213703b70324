package io.roadcast.jtt.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

  @TempDir Path directory;

  @Test
  void keepsWhatItTookInOrder() throws Exception {
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      append(journal, record("a", 1));
      append(journal, record("b", 300));
      try (JournalReader reader = journal.reader(0)) {
        List<JournalRecord> read = reader.next(10);
        assertThat(read).extracting(JournalRecord::terminal).containsExactly("a", "b");
        assertThat(read.getFirst().receivedAt()).isEqualTo(NOON);
        assertThat(read.getFirst().kind()).isEqualTo(7);
        assertThat(read.getLast().payload()).isEqualTo(record("b", 300).payload());
        assertThat(reader.position()).isEqualTo(journal.durable());
        assertThat(reader.next(10)).isEmpty();
        append(journal, record("c", 0));
        assertThat(reader.next(10)).extracting(JournalRecord::terminal).containsExactly("c");
      }
    }
  }

  @Test
  void goesOnWhereItWasAfterARestart() throws Exception {
    long position;
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      append(journal, record("a", 10));
      position = journal.durable();
    }
    List<String> recovered = new ArrayList<>();
    try (Journal journal = reopened(recovered)) {
      assertThat(journal.durable()).isEqualTo(position);
      append(journal, record("b", 10));
      try (JournalReader reader = journal.reader(position)) {
        assertThat(reader.next(10)).extracting(JournalRecord::terminal).containsExactly("b");
      }
    }
    assertThat(recovered).containsExactly("a");
  }

  @Test
  void cutsATornTailAndCountsIt() throws Exception {
    long position;
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      append(journal, record("a", 10));
      position = journal.durable();
      append(journal, record("b", 100));
    }
    Path file = onlySegment();
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 7);
    }
    List<String> recovered = new ArrayList<>();
    try (Journal journal = reopened(recovered)) {
      assertThat(journal.durable()).isEqualTo(position);
      assertThat(journal.statistics().cutBytes()).isEqualTo(8 + 10 + 1 + 100 - 7);
      append(journal, record("c", 1));
    }
    assertThat(recovered).containsExactly("a");
    recovered.clear();
    reopened(recovered).close();
    assertThat(recovered).containsExactly("a", "c");
  }

  @Test
  void cutsFromTheFirstDamagedByteOn() throws Exception {
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      for (int i = 0; i < 3; i++) {
        append(journal, record("t" + i, 50));
      }
    }
    byte[] bytes = Files.readAllBytes(onlySegment());
    bytes[Segment.HEADER_BYTES + 70 + 30] ^= 1;
    Files.write(onlySegment(), bytes);
    List<String> recovered = new ArrayList<>();
    reopened(recovered).close();
    assertThat(recovered).containsExactly("t0");
  }

  @Test
  void aFileThatOnlyHasZerosAtItsEndIsCutToo() throws Exception {
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      append(journal, record("a", 10));
    }
    Files.write(onlySegment(), new byte[4096], StandardOpenOption.APPEND);
    List<String> recovered = new ArrayList<>();
    try (Journal journal = reopened(recovered)) {
      assertThat(journal.statistics().cutBytes()).isEqualTo(4096);
    }
    assertThat(recovered).containsExactly("a");
  }

  @Test
  void aSegmentThatWasOnlyJustBegunIsRecoveredWithTheOneBefore() throws Exception {
    JournalConfig small = JournalConfig.in(directory).withBytes(4096, 1 << 20);
    try (Journal journal = Journal.open(small)) {
      for (int i = 0; journal.segments().size() < 3; i++) {
        append(journal, record("t" + i, 100));
      }
      append(journal, record("last", 100));
    }
    List<String> recovered = new ArrayList<>();
    reopened(recovered).close();
    assertThat(recovered).hasSizeGreaterThan(10).doesNotContain("t0").endsWith("last");
  }

  @Test
  void readsAcrossSegmentsAndDeletesWhatWasFollowed() throws Exception {
    JournalConfig small = JournalConfig.in(directory).withBytes(4096, 1 << 20);
    try (Journal journal = Journal.open(small)) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        expected.add("t" + i);
        append(journal, record("t" + i, 100));
      }
      int segments = journal.segments().size();
      assertThat(segments).isGreaterThan(4);
      try (JournalReader reader = journal.reader(0)) {
        List<String> read = new ArrayList<>();
        for (List<JournalRecord> batch = reader.next(7); !batch.isEmpty(); batch = reader.next(7)) {
          batch.forEach(each -> read.add(each.terminal()));
        }
        assertThat(read).isEqualTo(expected);
        journal.followed("test", reader.position());
      }
      assertThat(journal.segments()).hasSize(1);
      assertThat(journal.statistics().behindBytes()).isZero();
      assertThat(journal.statistics().skippedBytes()).isZero();
    }
  }

  @Test
  void keepsWhatTheSlowestFollowerHasNotSeen() throws Exception {
    JournalConfig small = JournalConfig.in(directory).withBytes(4096, 1 << 20);
    try (Journal journal = Journal.open(small)) {
      journal.expect("slow");
      for (int i = 0; i < 100; i++) {
        append(journal, record("t" + i, 100));
      }
      journal.followed("quick", journal.durable());
      try (JournalReader reader = journal.reader(0)) {
        assertThat(reader.next(1000)).hasSize(100);
      }
      assertThat(journal.segments()).hasSizeGreaterThan(1);
      journal.followed("slow", journal.durable());
      assertThat(journal.segments()).hasSize(1);
    }
  }

  @Test
  void aReaderGoesOverADamagedPlaceToTheNextSegment() throws Exception {
    JournalConfig small = JournalConfig.in(directory).withBytes(4096, 1 << 20);
    try (Journal journal = Journal.open(small)) {
      for (int i = 0; i < 100; i++) {
        append(journal, record("t" + i, 100));
      }
      Path first = journal.segments().getFirst().file();
      byte[] bytes = Files.readAllBytes(first);
      bytes[bytes.length - 1] ^= 1;
      Files.write(first, bytes);
      try (JournalReader reader = journal.reader(0)) {
        assertThat(reader.next(1000)).hasSize(99);
      }
      assertThat(journal.statistics().skippedBytes()).isPositive();
    }
  }

  @Test
  void takesNothingMoreWhenItIsFullUntilItWasFollowed() throws Exception {
    JournalConfig small = JournalConfig.in(directory).withBytes(4096, 16 * 1024);
    try (Journal journal = Journal.open(small)) {
      int taken = 0;
      while (append(journal, record("t", 500)) == Outcome.DURABLE) {
        taken++;
      }
      assertThat(taken).isBetween(28, 34);
      assertThat(append(journal, record("t", 500))).isEqualTo(Outcome.FULL);
      assertThat(journal.problem()).hasValueSatisfying(text -> assertThat(text).contains("bytes"));
      assertThat(journal.statistics().refused()).containsEntry(Outcome.FULL, 2L);
      journal.followed("test", journal.durable());
      assertThat(journal.problem()).isEmpty();
      assertThat(append(journal, record("t", 500))).isEqualTo(Outcome.DURABLE);
    }
  }

  @Test
  void takesNothingMoreWhenNobodyFollowedForTooLong() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    InstantSource clock = now::get;
    JournalConfig config = JournalConfig.in(directory).withMaxAge(Duration.ofHours(1));
    try (Journal journal = Journal.open(config, clock, ignored -> {})) {
      journal.followed("test", 0);
      append(journal, record("t", 1));
      now.set(NOON.plus(Duration.ofMinutes(61)));
      append(journal, record("t", 1));
      assertThat(append(journal, record("t", 1))).isEqualTo(Outcome.FULL);
      journal.followed("test", journal.durable());
      assertThat(append(journal, record("t", 1))).isEqualTo(Outcome.DURABLE);
    }
  }

  @Test
  void manyWritersShareFewFsyncs() throws Exception {
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      int writers = 8;
      int each = 500;
      CountDownLatch durable = new CountDownLatch(writers * each);
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        String terminal = "w" + w;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < each; i++) {
                        journal.append(record(terminal, 90), outcome -> durable.countDown());
                      }
                    }));
      }
      assertThat(durable.await(50, TimeUnit.SECONDS)).isTrue();
      for (Thread thread : threads) {
        thread.join();
      }
      JournalStatistics statistics = journal.statistics();
      assertThat(statistics.records()).isEqualTo(4000);
      assertThat(statistics.groups()).isLessThan(2000);
    }
  }

  @Test
  void whoOnlyWaitsIsToldAfterThoseBefore() throws Exception {
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      List<String> order = new ArrayList<>();
      CompletableFuture<Outcome> last = new CompletableFuture<>();
      journal.append(record("a", 1), outcome -> order.add("a"));
      journal.afterPending(
          outcome -> {
            order.add("wait");
            last.complete(outcome);
          });
      assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.DURABLE);
      assertThat(order).containsExactly("a", "wait");
      assertThat(journal.statistics().records()).isEqualTo(1);
    }
  }

  @Test
  void closingWritesWhatWasTakenAndRefusesTheRest() throws Exception {
    Journal journal = Journal.open(JournalConfig.in(directory));
    CompletableFuture<Outcome> before = new CompletableFuture<>();
    journal.append(record("a", 1), before::complete);
    journal.close();
    assertThat(before.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.DURABLE);
    assertThat(append(journal, record("b", 1))).isEqualTo(Outcome.CLOSED);
  }

  @Test
  void moreThanMayWaitIsRefused() throws Exception {
    JournalConfig usual = JournalConfig.in(directory);
    JournalConfig tight =
        new JournalConfig(
            directory,
            usual.segmentBytes(),
            usual.maxBytes(),
            usual.maxAge(),
            Duration.ofMillis(50),
            1000);
    try (Journal journal = Journal.open(tight)) {
      assertThat(append(journal, record("a", 2000))).isEqualTo(Outcome.BUSY);
      assertThat(append(journal, record("a", 200))).isEqualTo(Outcome.DURABLE);
    }
  }

  @Test
  void aDirectoryIsOpenOnlyOnce() throws Exception {
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      assertThatThrownBy(() -> Journal.open(JournalConfig.in(directory)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("open already");
      assertThat(journal.problem()).isEmpty();
    }
  }

  @Test
  void keepsItsIdentityAndAnEmptiedDirectoryIsAnotherJournal() throws Exception {
    Journal first = Journal.open(JournalConfig.in(directory));
    first.close();
    Journal again = Journal.open(JournalConfig.in(directory));
    again.close();
    assertThat(again.id()).isEqualTo(first.id());
    Journal other = Journal.open(JournalConfig.in(directory.resolve("other")));
    other.close();
    assertThat(other.id()).isNotEqualTo(first.id());
  }

  private Journal reopened(List<String> recovered) throws IOException {
    return Journal.open(
        JournalConfig.in(directory),
        InstantSource.system(),
        each -> recovered.add(each.terminal()));
  }

  private Path onlySegment() throws IOException {
    return Segment.list(directory).getFirst().file();
  }

  private static Outcome append(Journal journal, JournalRecord value) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    journal.append(value, outcome::complete);
    return outcome.get(20, TimeUnit.SECONDS);
  }

  private static JournalRecord record(String terminal, int bytes) {
    byte[] payload = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      payload[i] = (byte) i;
    }
    return new JournalRecord(7, terminal, NOON, payload);
  }
}
