package io.roadcast.simulator;

import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.PlatformPackageRequest;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.RegistrationAnswer;
import io.roadcast.jtt.jt808.TerminalControl;
import io.roadcast.jtt.jt808.TerminalPhone;
import io.roadcast.jtt.jt808.TimeAnswer;
import io.roadcast.jtt.jt808.TrackingControl;
import io.roadcast.media.Codec;
import io.roadcast.simulator.alarm.AlarmClock;
import io.roadcast.simulator.alarm.AlarmKind;
import io.roadcast.simulator.picture.DashcamPicture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One terminal that speaks JT/T 808: it registers, authenticates, reports where it drives, keeps
 * reports while there is no connection, answers commands and sends media when asked. All of that
 * happens on one virtual thread, in the order in which it comes; others only leave word.
 */
final class VirtualTerminal implements AutoCloseable, TerminalConnection.Inbox {
  private static final Logger log = LoggerFactory.getLogger(VirtualTerminal.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final long ANSWER_LIMIT_MILLIS = 10_000;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 8_000;
  private static final int RESET = 4;

  /** Something that happened; without a message the connection ended, without both a nudge. */
  private record Event(
      @Nullable TerminalConnection connection, @Nullable Jt808Message message, int serial) {}

  private final String digits;
  private final Signalling signalling;
  private final TerminalPhone phone;
  private final TerminalParameters parameters;
  private final LiveSessions live;
  private final CommandAnswers answers;
  private final Timetable timetable;
  private final LogOn logOn;
  private final AlarmClock alarms;
  private final Reporter reporter;
  private final Replies replies;
  private final SignallingTally tally;
  private final Random random;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile Behaviour behaviour;
  private volatile boolean wanted = true;
  private volatile boolean closed;
  private volatile @Nullable TerminalConnection open;

  VirtualTerminal(
      SimulationOptions options,
      Signalling signalling,
      int index,
      Studio studio,
      MediaWriters writers,
      UplinkCounters counters,
      SignallingTally tally) {
    this.signalling = signalling;
    this.tally = tally;
    int scenes = options.source() instanceof Source.Drawn drawn ? drawn.scenes() : 1;
    int channels = options.fleet().channels();
    ProtocolVersion version = signalling.version();
    String plate = DashcamPicture.plate(index);
    digits = options.fleet().terminal(index);
    phone = TerminalPhone.of(digits, version);
    behaviour = signalling.behaviour();
    random = new Random(options.impairment().seed() + digits.hashCode());
    String terminalId = digits.substring(Math.max(0, digits.length() - 7));
    int scene = index % scenes;
    parameters = new TerminalParameters(signalling, plate, channels);
    timetable = new Timetable(signalling.reportInterval(), signalling.heartbeat());
    timetable.follow(parameters);
    logOn = new LogOn(signalling, registration(terminalId, plate), timetable, tally);
    alarms = new AlarmClock(signalling.alarms(), digits, random.nextLong(), Instant.now());
    reporter =
        new Reporter(
            new Drive(studio.time(), index, scenes, version),
            alarms,
            signalling.alarms(),
            () -> behaviour,
            tally);
    replies = new Replies(digits, tally);
    FileErrands errands =
        new FileErrands(digits, signalling, alarms, scene, studio.time(), random, tally);
    live =
        new LiveSessions(
            digits, scene, options.wire().transport(), studio, writers.of(digits), counters, tally);
    answers =
        new CommandAnswers(
            parameters,
            live,
            new Photographer(scene, channels, studio.time(), version),
            reporter::report,
            errands::bring,
            terminalId,
            channels,
            soundOf(options.source()));
    thread = Thread.ofVirtual().name("terminal-" + digits).unstarted(this::run);
  }

  private static Registration registration(String terminalId, String plate) {
    return new Registration(
        31,
        100,
        GbkText.of("RCAST"),
        GbkText.of("SIM-1"),
        GbkText.of(terminalId),
        1,
        GbkText.of(plate));
  }

  /** Null if it has none; that of a file is its own affair. */
  private static @Nullable Codec soundOf(Source source) {
    return source instanceof Source.Drawn drawn ? drawn.sound().codec() : Codec.PCMA;
  }

  void start() {
    thread.start();
  }

  String digits() {
    return digits;
  }

  void behave(Behaviour other) {
    behaviour = other;
    nudge();
  }

  /** Ends all connections and stays away until {@link #reconnect}. */
  void disconnect() {
    wanted = false;
    breakConnection();
  }

  void reconnect() {
    wanted = true;
    nudge();
  }

  /** Ends the signalling connection only; the terminal comes back by itself. */
  void breakConnection() {
    TerminalConnection connection = open;
    if (connection != null) {
      close(connection);
    }
    nudge();
  }

  @Override
  public void received(TerminalConnection connection, Jt808Message message, int serial) {
    events.add(new Event(connection, message, serial));
  }

  @Override
  public void ended(TerminalConnection connection) {
    events.add(new Event(connection, null, 0));
  }

  private void nudge() {
    events.add(new Event(null, null, 0));
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (!closed) {
        if (wanted) {
          pause = attempt() ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        } else {
          live.close();
        }
        rest(wanted ? pause : LONGEST_PAUSE_MILLIS);
      }
    } catch (InterruptedException ended) {
      log.debug("{}: ended", digits);
    } finally {
      live.close();
    }
  }

  /** One connection from its beginning to its end; whether it got as far as being online. */
  private boolean attempt() throws InterruptedException {
    boolean online;
    logOn.reset();
    try (PacketPath path =
            PacketPath.open(
                signalling.host(), signalling.port(), signalling.transport(), CONNECT_LIMIT);
        TerminalConnection connection =
            new TerminalConnection(path, phone, signalling.version(), random)) {
      open = connection;
      connection.lose(behaviour.lossPercent());
      connection.start(this);
      logOn.begin(connection);
      serve(connection);
    } catch (IOException lost) {
      log.debug("{}: {}", digits, lost.toString());
    } finally {
      open = null;
      online = logOn.online();
      if (online) {
        tally.online.decrement();
        reporter.connectionLost();
      }
    }
    return online;
  }

  private void serve(TerminalConnection connection) throws IOException, InterruptedException {
    while (wanted && !closed) {
      long wait = logOn.online() ? timetable.millisToNext() : ANSWER_LIMIT_MILLIS;
      Event event = events.poll(wait, TimeUnit.MILLISECONDS);
      connection.lose(behaviour.lossPercent());
      if (event != null && event.connection() == connection) {
        Jt808Message message = event.message();
        if (message == null) {
          return;
        }
        handle(connection, message, event.serial());
      }
      if (logOn.online()) {
        sendDue(connection);
      } else if (timetable.logOnAge() > ANSWER_LIMIT_MILLIS) {
        throw new IOException("no answer while " + logOn);
      }
    }
  }

  private void handle(TerminalConnection connection, Jt808Message message, int serial)
      throws IOException {
    switch (message) {
      case RegistrationAnswer answer -> logOn.registered(connection, answer);
      case PlatformAnswer answer -> answered(connection, answer);
      case PlatformPackageRequest again ->
          connection.sendAgain(again.firstSerial(), again.indexes());
      case MediaUploadAnswer upload -> replies.sayAgain(connection, upload);
      case TimeAnswer time -> log.debug("{}: told the time", digits);
      default -> obey(connection, message, serial);
    }
  }

  private void answered(TerminalConnection connection, PlatformAnswer answer) throws IOException {
    if (answer.replyId() == LocationReport.ID || answer.replyId() == LocationBatch.ID) {
      reporter.acknowledged(answer.replySerial());
    } else if (answer.replyId() == Authentication.ID && logOn.authenticated(answer)) {
      reporter.sendLate(connection);
    }
  }

  private void obey(TerminalConnection connection, Jt808Message message, int serial)
      throws IOException {
    Behaviour now = behaviour;
    if (now.unanswered().contains(message.id())) {
      return;
    }
    List<Jt808Message> said = answers.answer(message, serial, now);
    if (message instanceof TrackingControl tracking) {
      timetable.track(tracking);
    }
    timetable.follow(parameters);
    if (said.isEmpty()) {
      return;
    }
    replies.say(connection, said, now.answerDelay());
    if (message instanceof TerminalControl control && control.command() == RESET) {
      close(connection);
    }
  }

  private void sendDue(TerminalConnection connection) throws IOException {
    live.forgetEnded();
    reporter.sendAlarms(connection);
    if (timetable.reportIsDue()) {
      reporter.send(connection);
    }
    if (timetable.heartbeatIsDue()) {
      connection.send(new Heartbeat());
    }
  }

  /** Waits before the next attempt, and goes on driving. */
  private void rest(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean wantedBefore = wanted;
    while (!closed && wanted == wantedBefore && System.nanoTime() < end) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
      events.poll(Math.min(left, timetable.millisToNext()), TimeUnit.MILLISECONDS);
      timetable.heartbeatIsDue();
      if (timetable.reportIsDue() && logOn.everOnline()) {
        reporter.keep();
      }
    }
  }

  void raise(AlarmKind kind) {
    alarms.raise(kind);
    nudge();
  }

  private void close(TerminalConnection connection) {
    try {
      connection.close();
    } catch (IOException ended) {
      log.debug("{}: {}", digits, ended.toString());
    }
  }

  /** Ends all connections for good. */
  @Override
  public void close() {
    closed = true;
    breakConnection();
    thread.interrupt();
  }
}
