package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.media.Codec;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line {@code ./run simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Simulated terminals: they register and report by JT/T 808, and send JT/T 1078 when asked.")
public final class SimulateCommand implements Callable<Integer> {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);

  enum CodecName {
    H264,
    H265
  }

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Server (${DEFAULT-VALUE}).")
  private String host = "";

  @Option(
      names = "--port",
      defaultValue = "6611",
      description = "Its JT/T 1078 port, with --push (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--transport",
      defaultValue = "tcp",
      description = "${COMPLETION-CANDIDATES}, for media (${DEFAULT-VALUE}).")
  private Transport transport = Transport.TCP;

  @Option(
      names = "--terminals",
      defaultValue = "1",
      description = "How many terminals (${DEFAULT-VALUE}).")
  private int terminals;

  @Option(
      names = "--terminal",
      defaultValue = "13912345678",
      description = "Number of the first; the next ones count up (${DEFAULT-VALUE}).")
  private String terminal = "";

  @Option(
      names = "--channels",
      defaultValue = "1",
      description = "Channels of each terminal (${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--one-connection",
      description = "All channels of a terminal on one connection instead of one each.")
  private boolean oneConnection;

  @Option(
      names = "--id-width",
      defaultValue = "6",
      description = "Bytes of the terminal id, 6 or 10 (${DEFAULT-VALUE}).")
  private int idWidth;

  @Option(names = "--file", description = "Replay a file of JT/T 1078 packets, round after round.")
  private @Nullable Path file;

  @Option(names = "--keep-ids", description = "Keep terminal and channel of the file.")
  private boolean keepIds;

  @Option(
      names = "--speed",
      defaultValue = "1",
      description = "Factor on the pace of the file (${DEFAULT-VALUE}).")
  private double speed;

  @Option(names = "--once", description = "Send the file once and end.")
  private boolean once;

  @Option(
      names = "--size",
      defaultValue = "1280x720",
      description = "Size of the drawn picture (${DEFAULT-VALUE}).")
  private String size = "";

  @Option(
      names = "--fps",
      defaultValue = "25",
      description = "Pictures per second (${DEFAULT-VALUE}).")
  private int framesPerSecond;

  @Option(
      names = "--gop-seconds",
      defaultValue = "4",
      description = "Time between keyframes (${DEFAULT-VALUE}).")
  private double gopSeconds;

  @Option(
      names = "--bitrate",
      description = "Bits per second of the drawn picture (by its size when absent).")
  private @Nullable Integer bitRate;

  @Option(
      names = "--scenes",
      defaultValue = "1",
      description = "Different pictures, taken in turn (${DEFAULT-VALUE}).")
  private int scenes;

  @Option(
      names = {"--codec", "--video"},
      defaultValue = "h264",
      description =
          "Codec of the drawn picture, ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). H265 needs the"
              + " program ffmpeg.")
  private CodecName codec = CodecName.H264;

  @Option(
      names = "--b-frames",
      defaultValue = "0",
      description = "B frames between two others; needs the program ffmpeg (${DEFAULT-VALUE}).")
  private int reordered;

  @Option(
      names = "--audio",
      defaultValue = "pcma",
      description =
          "pcma, pcmu, g726, g726-16 to g726-40, adpcm, aac, aac-8000, mp3, amr, none; with -be"
              + " g726 packs its samples the other way, with -hisi Hisilicon's header stands before"
              + " each block, with -raw AAC has no ADTS headers, with -as-pcma it is said to be"
              + " G.711 (${DEFAULT-VALUE}).")
  private String audio = "pcma";

  @Option(
      names = "--audio-block-ms",
      defaultValue = "40",
      description = "Length of a block of sound: 20, 25, 40, 100 (${DEFAULT-VALUE}).")
  private int audioBlockMillis;

  @Option(
      names = "--loss",
      defaultValue = "0",
      description = "Percent of packets left out (${DEFAULT-VALUE}).")
  private double loss;

  @Option(
      names = "--reorder",
      arity = "0..1",
      defaultValue = "0",
      fallbackValue = "5",
      description = "Percent of packets that change places with the next (5 without a value).")
  private double reorder;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Fixes which packets are lost or change places (${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private SignallingArguments signalling = new SignallingArguments();

  @Option(names = "--seconds", description = "End after so many seconds.")
  private @Nullable Double seconds;

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-simulator.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SimulateCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws Exception {
    SimulationOptions options = options();
    PrintWriter out = spec().commandLine().getOut();
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> endOnSignal(interrupted, ended), "simulator-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try (Simulation simulation = Simulation.start(options)) {
      report(simulation, options, interrupted, lifetime(), out);
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private static void endOnSignal(CountDownLatch interrupted, CountDownLatch ended) {
    interrupted.countDown();
    try {
      ended.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  SimulationOptions options() {
    try {
      IdWidth width = IdWidth.ofBytes(idWidth);
      SimulationOptions.Connections connections =
          oneConnection
              ? SimulationOptions.Connections.ONE_PER_TERMINAL
              : SimulationOptions.Connections.ONE_PER_CHANNEL;
      return new SimulationOptions(
          new SimulationOptions.Server(host, port),
          new SimulationOptions.Fleet(terminals, terminal, channels),
          new SimulationOptions.Wire(transport, connections, width),
          source(),
          new Impairment(loss, reorder, seed),
          signalling.signalling(host));
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec().commandLine(), refused.getMessage(), refused);
    }
  }

  private Source source() {
    Path replayed = file;
    if (replayed != null) {
      if (!Files.isReadable(replayed)) {
        throw new IllegalArgumentException("no readable file " + replayed);
      }
      return new Source.Replayed(
          replayed,
          speed,
          keepIds ? Source.Ids.OF_FILE : Source.Ids.OF_TERMINAL,
          once ? Source.Rounds.ONCE : Source.Rounds.ENDLESS);
    }
    PictureCoding coding =
        new PictureCoding(codec == CodecName.H265 ? Codec.H265 : Codec.H264, reordered);
    if (coding.needsProgram() && !ProgramEncoder.isThere()) {
      throw new IllegalArgumentException(
          "H.265 and B frames need the program ffmpeg with x264 and x265 (Debian: apt-get install"
              + " ffmpeg), or a file to replay");
    }
    String[] sides = size.split("x", -1);
    if (sides.length != 2 || !size.matches("[0-9]{2,4}x[0-9]{2,4}")) {
      throw new IllegalArgumentException("a size is like 1280x720, not " + size);
    }
    int width = Integer.parseInt(sides[0]);
    int height = Integer.parseInt(sides[1]);
    int bits = bitRate != null ? bitRate : usualBitRate(width, height);
    int gopMillis = (int) Math.round(gopSeconds * 1000);
    return new Source.Drawn(width, height, framesPerSecond, gopMillis, bits, scenes, sound())
        .in(coding);
  }

  private Sound sound() {
    return Sound.parse(audio, audioBlockMillis);
  }

  private int usualBitRate(int width, int height) {
    return (int) Math.max(150_000, width * height * (long) framesPerSecond * 9 / 100);
  }

  private static void report(
      Simulation simulation,
      SimulationOptions options,
      CountDownLatch interrupted,
      Duration lifetime,
      PrintWriter out)
      throws InterruptedException {
    long start = System.nanoTime();
    out.println(greeting(options));
    out.flush();
    SimulationCounters before = simulation.counters();
    long beforeNanos = start;
    while (simulation.isRunning()) {
      long left = lifetime.toNanos() - (System.nanoTime() - start);
      long wait = Math.min(left, REPORT_INTERVAL.toNanos());
      if (wait <= 0 || interrupted.await(wait, TimeUnit.NANOSECONDS)) {
        break;
      }
      SimulationCounters now = simulation.counters();
      long nanos = System.nanoTime();
      printProgress(out, before, now, nanos - beforeNanos, nanos - start);
      if (options.signalling() != null) {
        printSignalling(out, simulation.signalling());
      }
      before = now;
      beforeNanos = nanos;
    }
    out.printf("Ended after %d packets%n", simulation.counters().packets());
    out.flush();
  }

  private static String greeting(SimulationOptions options) {
    SimulationOptions.Fleet fleet = options.fleet();
    String who = fleet.terminals() + " terminal(s) with " + fleet.channels() + " channel(s)";
    Signalling signalling = options.signalling();
    return signalling == null
        ? "Sending " + who + " to " + at(options.server().host(), options.server().port())
        : "Driving "
            + who
            + ", JT/T 808-"
            + signalling.version().year()
            + " with "
            + at(signalling.host(), signalling.port())
            + "; video when asked";
  }

  private static String at(String host, int port) {
    return host + ":" + port;
  }

  private static void printSignalling(PrintWriter out, SignallingCounters now) {
    out.printf(
        Locale.ROOT,
        "         online %d  reports %d  late %d  commands %d  live %d  photos %d  alarms %d"
            + "  files %d%n",
        now.online(),
        now.reports(),
        now.lateReports(),
        now.commands(),
        now.live(),
        now.photos(),
        now.alarms(),
        now.files());
    out.flush();
  }

  private static void printProgress(
      PrintWriter out, SimulationCounters before, SimulationCounters now, long nanos, long total) {
    out.printf(
        Locale.ROOT,
        "%6d s  connected %d  video %d  sound %d  %.2f Mbit/s  lost %d  dropped %d%n",
        TimeUnit.NANOSECONDS.toSeconds(total),
        now.connected(),
        now.videoFrames(),
        now.soundBlocks(),
        (now.bytes() - before.bytes()) * 8e3 / nanos,
        now.packetsLost(),
        now.dropped());
    out.flush();
  }

  private Duration lifetime() {
    Double limit = seconds;
    return limit == null ? Duration.ofDays(36_500) : Duration.ofMillis(Math.round(limit * 1000));
  }

  private CommandSpec spec() {
    CommandSpec given = spec;
    if (given == null) {
      throw new IllegalStateException("not run by a command line");
    }
    return given;
  }
}
