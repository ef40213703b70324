package io.roadcast.jtt.live;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A terminal without a wire: publishes into a router when it is asked, after a while. */
final class FakeTerminal implements ChannelCommands {
  /** Constrained Baseline, level 3.0, 640x360. */
  private static final ByteBuffer SPS = hex("6742c01eda0280bfe540");

  private static final ByteBuffer PPS = hex("68ce3c80");
  private static final ByteBuffer IDR = hex("65888420");

  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger told = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  final List<String> heard = new CopyOnWriteArrayList<>();
  volatile boolean connected = true;
  volatile boolean sends = true;
  volatile CommandOutcome outcome = CommandOutcome.ACCEPTED;

  private final Router router;
  private final LiveTimers clock;
  private final int longestDelayMillis;
  private final Random random = new Random(7);
  private final Map<StreamId, Publication> publications = new ConcurrentHashMap<>();
  private final Map<StreamId, AtomicInteger> requested = new ConcurrentHashMap<>();

  FakeTerminal(Router router, LiveTimers clock, int longestDelayMillis) {
    this.router = router;
    this.clock = clock;
    this.longestDelayMillis = longestDelayMillis;
  }

  @Override
  public boolean reachable(String terminal) {
    return connected;
  }

  @Override
  public void ask(StreamId channel, Consumer<CommandOutcome> answer) {
    if (!connected) {
      answer.accept(CommandOutcome.NOT_SENT);
      return;
    }
    asked.incrementAndGet();
    int now = requested.computeIfAbsent(channel, fresh -> new AtomicInteger()).incrementAndGet();
    mostAtOnce.accumulateAndGet(now, Math::max);
    CommandOutcome said = outcome;
    later(() -> answer.accept(said));
    if (sends) {
      later(() -> begin(channel));
    }
  }

  @Override
  public void close(StreamId channel, Consumer<CommandOutcome> answer) {
    if (!connected) {
      answer.accept(CommandOutcome.NOT_SENT);
      return;
    }
    told.incrementAndGet();
    requested.computeIfAbsent(channel, fresh -> new AtomicInteger()).set(0);
    later(() -> answer.accept(CommandOutcome.ACCEPTED));
    later(() -> breakOff(channel));
  }

  @Override
  public void pause(StreamId channel, Consumer<CommandOutcome> answer) {
    heard.add("pause " + channel);
    later(() -> answer.accept(outcome));
  }

  @Override
  public void resume(StreamId channel, Consumer<CommandOutcome> answer) {
    heard.add("resume " + channel);
    later(() -> answer.accept(outcome));
  }

  @Override
  public void switchTo(StreamId channel, Quality encoding, Consumer<CommandOutcome> answer) {
    heard.add("switch " + channel + " to " + encoding.label());
    later(() -> answer.accept(outcome));
  }

  @Override
  public void cutMedia(StreamId channel) {
    breakOff(channel);
  }

  void begin(StreamId channel) {
    publications.computeIfAbsent(channel, this::publish);
  }

  void breakOff(StreamId channel) {
    Publication publication = publications.remove(channel);
    if (publication != null) {
      publication.close("the test wants it");
    }
  }

  private Publication publish(StreamId channel) {
    try {
      Publication publication = router.publish(channel, new Camera());
      long now = System.nanoTime();
      List<ByteBuffer> picture = List.of(SPS.duplicate(), PPS.duplicate(), IDR.duplicate());
      publication.video(new VideoFrame(Codec.H264, picture, true, now / 1000, now));
      return publication;
    } catch (PublishRefusedException | MalformedMediaException e) {
      throw new AssertionError(e);
    }
  }

  private void later(Runnable task) {
    int delay;
    synchronized (random) {
      delay = random.nextInt(longestDelayMillis);
    }
    clock.start(Duration.ofMillis(delay), task);
  }

  private static ByteBuffer hex(String digits) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digits)).asReadOnlyBuffer();
  }

  private static final class Camera implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("jtt1078", "tcp", "192.0.2.7:40112");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {}
  }
}
