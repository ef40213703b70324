package io.roadcast.simulator;

import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.MediaPart;
import io.roadcast.jtt.jt808.MediaUpload;
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
import io.roadcast.simulator.alarm.AlarmFile;
import io.roadcast.simulator.alarm.AlarmFolder;
import io.roadcast.simulator.alarm.AlarmKind;
import io.roadcast.simulator.alarm.AlarmPlan;
import io.roadcast.simulator.alarm.FileCourier;
import io.roadcast.simulator.alarm.RaisedAlarm;
import io.roadcast.simulator.picture.DashcamPicture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** How far the terminal has come on its connection. */
  private enum Phase {
    REGISTERING,
    AUTHENTICATING,
    ONLINE
  }

  /** Something that happened; without a message the connection ended, without both a nudge. */
  private record Event(
      @Nullable TerminalConnection connection, @Nullable Jt808Message message, int serial) {}

  private final String digits;
  private final Signalling signalling;
  private final TerminalPhone phone;
  private final Registration registration;
  private final TerminalParameters parameters;
  private final LiveSessions live;
  private final CommandAnswers answers;
  private final Drive drive;
  private final AlarmClock alarms;
  private final Studio studio;
  private final int scene;
  private final SignallingTally tally;
  private final Random random;
  private final ReportLog reports = new ReportLog();
  private final Map<Long, Integer> uploads = new HashMap<>();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile Behaviour behaviour;
  private volatile boolean wanted = true;
  private volatile boolean closed;
  private volatile @Nullable TerminalConnection open;
  private @Nullable GbkText code;
  private Phase phase = Phase.REGISTERING;
  private boolean knownToPlatform;
  private final Timetable timetable;

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
    registration =
        new Registration(
            31,
            100,
            GbkText.of("RCAST"),
            GbkText.of("SIM-1"),
            GbkText.of(terminalId),
            1,
            GbkText.of(plate));
    parameters = new TerminalParameters(signalling, plate, channels);
    drive = new Drive(studio.time(), index, scenes, version);
    this.studio = studio;
    scene = index % scenes;
    alarms = new AlarmClock(signalling.alarms(), digits, random.nextLong(), Instant.now());
    live =
        new LiveSessions(
            digits,
            index % scenes,
            options.wire().transport(),
            studio,
            writers.of(digits),
            counters,
            tally);
    answers =
        new CommandAnswers(
            parameters,
            live,
            new Photographer(index % scenes, channels, studio.time(), version),
            this::report,
            this::bringFiles,
            terminalId,
            channels,
            soundOf(options.source()));
    timetable = new Timetable(signalling.reportInterval(), signalling.heartbeat());
    timetable.follow(parameters);
    thread = Thread.ofVirtual().name("terminal-" + digits).unstarted(this::run);
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
    phase = Phase.REGISTERING;
    try (PacketPath path =
            PacketPath.open(
                signalling.host(), signalling.port(), signalling.transport(), CONNECT_LIMIT);
        TerminalConnection connection =
            new TerminalConnection(path, phone, signalling.version(), random)) {
      open = connection;
      connection.lose(behaviour.lossPercent());
      connection.start(this);
      logOn(connection);
      serve(connection);
    } catch (IOException lost) {
      log.debug("{}: {}", digits, lost.toString());
    } finally {
      open = null;
      online = phase == Phase.ONLINE;
      if (online) {
        tally.online.decrement();
        reports.connectionLost();
      }
    }
    return online;
  }

  private void logOn(TerminalConnection connection) throws IOException {
    GbkText known = code;
    if (known == null) {
      phase = Phase.REGISTERING;
      connection.send(registration);
    } else {
      phase = Phase.AUTHENTICATING;
      connection.send(
          signalling.version() == ProtocolVersion.V2019
              ? new Authentication(known, GbkText.of("860000000000000"), GbkText.of("0.1"))
              : new Authentication(known));
    }
    timetable.logOnBegan();
  }

  private void serve(TerminalConnection connection) throws IOException, InterruptedException {
    while (wanted && !closed) {
      long wait = phase == Phase.ONLINE ? timetable.millisToNext() : ANSWER_LIMIT_MILLIS;
      Event event = events.poll(wait, TimeUnit.MILLISECONDS);
      connection.lose(behaviour.lossPercent());
      if (event != null && event.connection() == connection) {
        Jt808Message message = event.message();
        if (message == null) {
          return;
        }
        handle(connection, message, event.serial());
      }
      if (phase == Phase.ONLINE) {
        sendDue(connection);
      } else if (timetable.logOnAge() > ANSWER_LIMIT_MILLIS) {
        throw new IOException("no answer while " + phase);
      }
    }
  }

  private void handle(TerminalConnection connection, Jt808Message message, int serial)
      throws IOException {
    switch (message) {
      case RegistrationAnswer answer -> registered(connection, answer);
      case PlatformAnswer answer -> answered(connection, answer);
      case PlatformPackageRequest again ->
          connection.sendAgain(again.firstSerial(), again.indexes());
      case MediaUploadAnswer upload -> {
        List<Integer> missing = upload.missing();
        Integer first = uploads.get(upload.mediaId());
        if (missing != null && first != null) {
          connection.sendAgain(first, missing);
        }
      }
      case TimeAnswer time -> log.debug("{}: told the time", digits);
      default -> obey(connection, message, serial);
    }
  }

  private void registered(TerminalConnection connection, RegistrationAnswer answer)
      throws IOException {
    if (answer.result() != 0 || answer.code() == null) {
      throw new IOException("registration refused with " + answer.result());
    }
    code = answer.code();
    tally.registrations.increment();
    logOn(connection);
  }

  private void answered(TerminalConnection connection, PlatformAnswer answer) throws IOException {
    if (answer.replyId() == LocationReport.ID || answer.replyId() == LocationBatch.ID) {
      reports.acknowledged(answer.replySerial());
    } else if (answer.replyId() == Authentication.ID && phase == Phase.AUTHENTICATING) {
      if (answer.result() != 0) {
        code = null;
        throw new IOException("authentication refused with " + answer.result());
      }
      phase = Phase.ONLINE;
      knownToPlatform = true;
      tally.authentications.increment();
      tally.online.increment();
      timetable.cameOnline();
      while (reports.hasLate()) {
        LocationBatch batch = reports.takeLate();
        reports.sent(connection.send(batch), batch.reports());
        tally.lateReports.add(batch.reports().size());
      }
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
    tally.commands.increment();
    if (now.answerDelay().isZero()) {
      say(connection, said);
    } else {
      Thread.ofVirtual().start(() -> sayLater(connection, said, now.answerDelay()));
    }
    if (message instanceof TerminalControl control && control.command() == RESET) {
      close(connection);
    }
  }

  private void sayLater(TerminalConnection connection, List<Jt808Message> said, Duration delay) {
    try {
      Thread.sleep(delay);
      for (Jt808Message message : said) {
        connection.send(message);
      }
    } catch (IOException | InterruptedException gone) {
      log.debug("{}: an answer came too late: {}", digits, gone.toString());
    }
  }

  private void say(TerminalConnection connection, List<Jt808Message> said) throws IOException {
    for (Jt808Message message : said) {
      int first = connection.send(message);
      if (message instanceof MediaUpload upload) {
        MediaPart part = upload.part();
        uploads.put(upload.mediaId(), first);
        if (part == null || part.index() == part.total()) {
          tally.photos.increment();
        }
      }
    }
  }

  private void sendDue(TerminalConnection connection) throws IOException {
    live.forgetEnded();
    sendAlarms(connection);
    if (timetable.reportIsDue()) {
      LocationReport report = report();
      reports.sent(connection.send(report), List.of(report));
      tally.reports.increment();
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
      if (timetable.reportIsDue() && knownToPlatform) {
        reports.keep(report());
      }
    }
  }

  private LocationReport report() {
    return report(List.of());
  }

  private LocationReport report(List<LocationItem> alarmItems) {
    Behaviour now = behaviour;
    Instant clock = Instant.now();
    List<LocationItem> items = new ArrayList<>(alarms.videoItems(clock));
    items.addAll(alarmItems);
    return drive.report(clock.plus(now.clockOffset()), now.alarms() | alarms.flags(clock), items);
  }

  /** Each alarm is a report of its own, at once. */
  private void sendAlarms(TerminalConnection connection) throws IOException {
    Instant now = Instant.now();
    boolean twice = signalling.alarms().faults().contains(AlarmPlan.Fault.REPEAT);
    Location at = drive.location(now.plus(behaviour.clockOffset()), 0);
    for (RaisedAlarm alarm : alarms.due(now, at)) {
      LocationItem item = alarm.item();
      LocationReport report = report(item == null ? List.of() : List.of(item));
      reports.sent(connection.send(report), List.of(report));
      if (twice) {
        reports.sent(connection.send(report), List.of(report));
      }
      tally.alarms.increment();
    }
  }

  /** 0x9208: false if there is no such alarm. */
  private boolean bringFiles(AttachmentUpload asked) {
    RaisedAlarm alarm = alarms.raised(asked.alarm()).orElse(null);
    if (alarm == null) {
      return false;
    }
    FileCourier courier =
        new FileCourier(
            phone,
            signalling.version(),
            signalling.alarms().faults(),
            new Random(random.nextLong()));
    long age = Duration.between(alarm.at(), Instant.now()).toMillis();
    long then = studio.time().nowMillis() - age;
    Thread.ofVirtual()
        .name("files-" + digits)
        .start(
            () -> {
              try {
                String number = asked.alarmNumber().value().strip();
                List<AlarmFile> files = AlarmFolder.files(alarm, number, scene, then);
                tally.files.add(courier.deliver(asked, files));
              } catch (InterruptedException ended) {
                log.debug("{}: files of an alarm are left", digits);
              }
            });
    return true;
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
