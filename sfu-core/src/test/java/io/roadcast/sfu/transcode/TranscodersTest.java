package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real child JVMs, killed, stopped and lied to. */
@Timeout(120)
class TranscodersTest {
  private static final SoundJob TO_OPUS =
      new SoundJob(SoundCoding.of(Codec.PCMU), Codec.OPUS, 24_000);
  private static final int FRAME_BYTES = 160;

  /** A crowded machine needs long to start a JVM; what is promised is 3 s on one that is not. */
  private static final Duration SOON = Duration.ofSeconds(40);

  private final TranscodeConfig config = TranscodeConfig.defaults().withLinger(Duration.ZERO);
  private Transcoders transcoders = new Transcoders(config);
  private final AtomicInteger made = new AtomicInteger();

  @AfterEach
  void close() {
    transcoders.close();
    assertThat(children()).as("processes left behind").isEmpty();
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
    assertThat(children()).isEmpty();
  }

  @Test
  void jobsShareAChildAndSurviveItsDeath() {
    Transcoders.Job one = open();
    Transcoders.Job other = open();
    feedUntilMade(one, 5);
    feedUntilMade(other, 5);
    List<Long> before = transcoders.pids();
    assertThat(before).hasSize(1);
    ProcessHandle.of(before.getFirst()).orElseThrow().destroyForcibly();
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
    assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor()).isZero();
    await().atMost(SOON).until(() -> transcoders.statistics().hung() == 1);
    feedUntilMade(job, 5);
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void garbageInAJobIsCountedAndTheOthersGoOn() {
    SoundJob aac = new SoundJob(SoundCoding.parse("aac-16000"), Codec.OPUS, 24_000);
    Transcoders.Job bad = transcoders.open(aac, (time, block) -> {}).orElseThrow();
    Transcoders.Job good = open();
    feedUntilMade(good, 5);
    byte[] garbage = new byte[Long.BYTES + 300];
    java.util.Arrays.fill(garbage, (byte) 0x5a);
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

  @Test
  void aChildEndsWhenItsServerIsKilled() throws Exception {
    Process server =
        new ProcessBuilder(ChildCommand.of(KilledServer.class)).redirectErrorStream(true).start();
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
  void ahundredStartsAndStopsLeaveNothingBehind() throws Exception {
    cycle();
    int descriptors = descriptors();
    int threads = Thread.activeCount();
    for (int i = 0; i < 100; i++) {
      cycle();
    }
    assertThat(children()).isEmpty();
    await().atMost(SOON).until(() -> Thread.activeCount() <= threads + 1);
    await().atMost(SOON).until(() -> descriptors() <= descriptors + 3);
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

  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(
            child ->
                child.info().arguments().stream()
                    .flatMap(java.util.Arrays::stream)
                    .anyMatch(argument -> argument.equals(TranscoderChild.class.getName())))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  private static int descriptors() throws Exception {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return (int) open.count();
    }
  }
}
