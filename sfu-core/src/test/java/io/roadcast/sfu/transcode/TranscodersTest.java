package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real child JVMs, killed, stopped and lied to. */
@Timeout(120)
class TranscodersTest {
  private static final SoundJob TO_OPUS =
      new SoundJob(SoundCoding.of(Codec.PCMU), Codec.OPUS, 24_000);
  private static final int FRAME_BYTES = 160;

  /** A crowded machine needs long to start a JVM; what is promised is 3 s on one that is not. */
  private static final Duration SOON = Duration.ofSeconds(40);

  private static final long MOST_GROWTH_KILOBYTES = 10_000;

  private final TranscodeConfig config = TranscodeConfig.defaults().withLinger(Duration.ZERO);
  private Transcoders transcoders = new Transcoders(config);
  private final AtomicInteger made = new AtomicInteger();

  @AfterEach
  void close() {
    transcoders.close();
    assertThat(Children.running()).as("processes left behind").isEmpty();
  }

  @Test
  void aJobsSoundComesBackAndTheChildEndsWithTheLastJob() {
    Transcoders.Job job = open();
    feedUntilMade(job, 10);
    assertThat(transcoders.statistics().children()).isEqualTo(1);
    assertThat(transcoders.statistics().jobs()).isEqualTo(1);
    job.close();
    job.close();
    await().atMost(SOON).until(() -> transcoders.statistics().children() == 0);
    assertThat(transcoders.statistics().died()).isZero();
    assertThat(transcoders.statistics().jobs()).isZero();
    assertThat(Children.running()).isEmpty();
  }

  @Test
  void jobsShareAChildAndSurviveItsDeath() {
    Transcoders.Job one = open();
    Transcoders.Job other = open();
    feedUntilMade(one, 5);
    feedUntilMade(other, 5);
    List<Long> before = transcoders.pids();
    assertThat(before).hasSize(1);
    Children.kill(before.getFirst());
    await().atMost(SOON).until(() -> transcoders.statistics().died() == 1);
    feedUntilMade(one, 5);
    feedUntilMade(other, 5);
    assertThat(transcoders.pids()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(transcoders.statistics().started()).isEqualTo(2);
  }

  @Test
  void aChildThatHangsIsReplaced() throws Exception {
    Transcoders.Job job = open();
    feedUntilMade(job, 5);
    long pid = transcoders.pids().getFirst();
    Children.stop(pid);
    await().atMost(SOON).until(() -> transcoders.statistics().hung() == 1);
    feedUntilMade(job, 5);
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aChildWhoseWorkGetsNowhereIsReplaced() {
    transcoders.close();
    transcoders = new Transcoders(config, ChildCommand.of(LoopingChild.class));
    Transcoders.Job job = open();
    await().atMost(SOON).until(() -> transcoders.statistics().hung() >= 1);
    job.close();
  }

  @Test
  void garbageInAJobIsCountedAndTheOthersGoOn() {
    SoundJob aac = new SoundJob(SoundCoding.parse("aac-16000"), Codec.OPUS, 24_000);
    Transcoders.Job bad = transcoders.open(aac, (time, block) -> {}).orElseThrow();
    Transcoders.Job good = open();
    feedUntilMade(good, 5);
    byte[] garbage = new byte[Long.BYTES + 300];
    Arrays.fill(garbage, (byte) 0x5a);
    for (int i = 0; i < 50; i++) {
      bad.send(garbage.clone());
    }
    feedUntilMade(good, 20);
    await().atMost(SOON).until(() -> transcoders.statistics().damagedFrames() > 0);
    assertThat(transcoders.statistics().died()).isZero();
  }

  @Test
  void aChildThatSpeaksNonsenseIsEndedAndTriedAgainAfterGrowingPauses() {
    transcoders.close();
    transcoders = new Transcoders(config, List.of("head", "-c", "100000", "/dev/urandom"));
    Transcoders.Job job = open();
    await().atMost(SOON).until(() -> transcoders.statistics().died() >= 3);
    assertThat(transcoders.statistics().started()).isBetween(3L, 12L);
    job.close();
  }

  @Test
  void thereAreAsManyJobsAsAllowed() {
    transcoders.close();
    transcoders = new Transcoders(new TranscodeConfig(1, 1, 24_000, Duration.ZERO));
    Transcoders.Job only = open();
    assertThat(transcoders.hasRoom()).isFalse();
    assertThat(transcoders.open(TO_OPUS, (time, block) -> {})).isEmpty();
    assertThat(transcoders.statistics().refusedJobs()).isEqualTo(1);
    only.close();
    assertThat(transcoders.hasRoom()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sound", "pictures"})
  void aChildEndsWhenItsServerIsKilled(String work) throws Exception {
    List<String> command = new ArrayList<>(ChildCommand.of(KilledServer.class));
    command.add(work);
    Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
    long child = childOf(server);
    assertThat(ProcessHandle.of(child)).isPresent();
    server.destroyForcibly();
    await()
        .atMost(SOON)
        .until(() -> ProcessHandle.of(child).filter(TranscodersTest::runs).isEmpty());
  }

  private static long childOf(Process server) throws Exception {
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      String line = said.readLine();
      while (line != null && !line.startsWith("child ")) {
        line = said.readLine();
      }
      return Long.parseLong(String.valueOf(line).substring("child ".length()));
    }
  }

  /** An orphan that ended may be listed until its new parent looks. */
  private static boolean runs(ProcessHandle process) {
    return process.info().command().isPresent();
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  void aHundredStartsAndStopsLeaveNothingBehind() throws Exception {
    cycle();
    int descriptors = Children.descriptors();
    int threads = Thread.activeCount();
    for (int i = 0; i < 50; i++) {
      cycle();
    }
    long residentKilobytes = Children.residentKilobytes();
    for (int i = 0; i < 50; i++) {
      cycle();
    }
    assertThat(Children.residentKilobytes() - residentKilobytes)
        .as("KB that the server grew by over the second fifty")
        .isLessThan(MOST_GROWTH_KILOBYTES);
    assertThat(Children.running()).isEmpty();
    await().atMost(SOON).until(() -> Thread.activeCount() <= threads + 1);
    await().atMost(SOON).until(() -> Children.descriptors() <= descriptors + 3);
  }

  /** One child does it all; what a job leaves behind in it shows in its memory. */
  @Test
  void aHundredJobsOfEachKindLeaveNoMemoryBehindInTheirChild() throws Exception {
    transcoders.close();
    transcoders = new Transcoders(new TranscodeConfig(1, 10, 24_000, Duration.ofMinutes(5)));
    List<Work> all = Work.ofEveryKind();
    for (int i = 0; i < 50; i++) {
      all.forEach(this::doAndEnd);
    }
    long pid = transcoders.pids().getFirst();
    long before = Children.residentKilobytes(pid);
    for (int i = 0; i < 50; i++) {
      all.forEach(this::doAndEnd);
    }
    long after = Children.residentKilobytes(pid);
    System.out.printf(
        "a child after %d and %d jobs: %d and %d KB%n",
        50 * all.size(), 100 * all.size(), before, after);
    assertThat(transcoders.pids()).containsExactly(pid);
    assertThat(after - before)
        .as("KB that the child grew by over the second fifty")
        .isLessThan(MOST_GROWTH_KILOBYTES);
    assertThat(transcoders.statistics().damagedFrames()).isZero();
  }

  private void doAndEnd(Work work) {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Transcoders.Output out =
        new Transcoders.Output() {
          @Override
          public void made(long timeMicros, ByteBuffer block) {
            done.incrementAndGet();
          }

          @Override
          public void begun() {
            begun.countDown();
          }
        };
    try (Transcoders.Job job = transcoders.open(work.spec(), out).orElseThrow()) {
      assertThat(begun.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      work.frames().forEach(frame -> job.send(frame.clone()));
      await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> done.get() > 0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void cycle() {
    Transcoders.Job job = open();
    feedUntilMade(job, 1);
    job.close();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> transcoders.statistics().children() == 0);
  }

  private Transcoders.Job open() {
    return transcoders.open(TO_OPUS, (time, block) -> made.incrementAndGet()).orElseThrow();
  }

  /** Sends 20 ms at a time until so much more came back. */
  private void feedUntilMade(Transcoders.Job job, int count) {
    int goal = made.get() + count;
    long[] micros = {0};
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              byte[] media = new byte[Long.BYTES + FRAME_BYTES];
              ByteBuffer.wrap(media).putLong(micros[0]);
              micros[0] += 20_000;
              job.send(media);
              return made.get() >= goal;
            });
  }
}
