package io.roadcast.jtt.gateway;

import io.roadcast.jtt.gateway.CommandFailedException.Code;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LogOff;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.RegistrationAnswer;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One terminal on one wire, from its first message to the end of the wire. Belongs to the wire's
 * event loop; only {@link #replacedBy} and what is volatile may be used elsewhere. There may be
 * many of these that do nothing, so what is seldom needed is made when it is.
 */
final class LinkSession {
  private static final Logger LOG = LoggerFactory.getLogger(LinkSession.class);
  private static final int MAX_HELD = 256;
  private static final int MAX_REFUSALS = 3;

  /** Results of 0x8001. */
  static final int SUCCESS = 0;

  static final int FAILURE = 1;
  static final int BAD_MESSAGE = 2;
  static final int NOT_SUPPORTED = 3;

  private final GatewayCore core;
  private final Wire wire;
  private final MessageRouting routing;
  private final long openedNanos;
  private @Nullable TerminalPhone phone;
  private volatile ProtocolVersion version = ProtocolVersion.V2013;
  private @Nullable ProtocolVersion olderBodies;
  private @Nullable ActiveLink link;
  private TerminalMemory.@Nullable Remembered memory;
  private @Nullable PendingRequests pending;
  private @Nullable PackagedMessages packaged;
  private @Nullable MediaParts parts;
  private @Nullable ArrayDeque<Jt808Frame> held;
  private @Nullable List<Bytes> lastLong;
  private int lastLongSerial;
  private int serial;
  private int refusals;
  private boolean deciding;
  private boolean over;
  private boolean replaced;
  private long heardNanos;
  private long silentNanos;

  LinkSession(GatewayCore core, Wire wire, MessageRouting routing, long nowNanos) {
    this.core = core;
    this.wire = wire;
    this.routing = routing;
    this.openedNanos = nowNanos;
    this.heardNanos = nowNanos;
    this.silentNanos = core.config().silentTimeout().toNanos();
  }

  Wire wire() {
    return wire;
  }

  GatewayCore core() {
    return core;
  }

  ProtocolVersion version() {
    return version;
  }

  @Nullable ActiveLink link() {
    return link;
  }

  /** What is known of an authenticated terminal from link to link. */
  TerminalMemory.@Nullable Remembered memory() {
    return memory;
  }

  /** Takes a sound frame. */
  void frame(Jt808Frame frame, long nowNanos) {
    if (over) {
      return;
    }
    core.statistics().message();
    heardNanos = nowNanos;
    if (deciding) {
      hold(frame);
    } else {
      handle(frame);
    }
  }

  private void hold(Jt808Frame frame) {
    ArrayDeque<Jt808Frame> waiting = held;
    if (waiting == null) {
      waiting = new ArrayDeque<>();
      held = waiting;
    }
    if (waiting.size() < MAX_HELD) {
      waiting.add(frame);
    } else {
      core.statistics().countDropped(DropReason.NO_ROOM);
    }
  }

  private void handle(Jt808Frame frame) {
    Jt808Header header = frame.header();
    TerminalPhone known = phone;
    if (link != null && known != null && !known.digits().equals(header.phone().digits())) {
      core.statistics().countDropped(DropReason.FOREIGN_NUMBER);
      return;
    }
    phone = header.phone();
    if (link == null && !admissible(header.messageId())) {
      core.statistics().countDropped(DropReason.UNAUTHENTICATED);
      answer(header, FAILURE);
    } else if (header.encryption() != 0) {
      core.statistics().countDropped(DropReason.ENCRYPTED);
      answer(header, NOT_SUPPORTED);
    } else if (header.packageTotal() > 1) {
      packaged(frame);
    } else {
      routing.whole(this, header, frame.body());
    }
  }

  /** Says that a terminal which is not known here has to authenticate itself. */
  void refuse(Jt808Header header) {
    phone = header.phone();
    answer(header, FAILURE);
  }

  private static boolean admissible(int messageId) {
    return messageId == Registration.ID
        || messageId == Authentication.ID
        || messageId == LogOff.ID
        || messageId == Heartbeat.ID;
  }

  private void packaged(Jt808Frame frame) {
    PackagedMessages messages = packaged;
    if (messages == null) {
      messages = new PackagedMessages(this, routing);
      packaged = messages;
    }
    messages.frame(frame);
  }

  /** The layout that a body of this terminal probably has. */
  ProtocolVersion layoutOf(Jt808Header header) {
    if (header.version() == ProtocolVersion.V2019) {
      return olderBodies == null ? ProtocolVersion.V2019 : olderBodies;
    }
    return version == ProtocolVersion.V2011 ? version : ProtocolVersion.V2013;
  }

  /** 0x0100. */
  void register(Jt808Header header, Registration registration, ProtocolVersion layout) {
    version = layout;
    if (!core.registrations().take(wire.remote().getAddress(), System.nanoTime())) {
      close(CloseReason.TOO_MANY_REGISTRATIONS);
      return;
    }
    decide(
        () ->
            core.admission()
                .register(applicant(header), registration)
                .whenComplete(
                    (answer, failure) -> decided(() -> registered(header, answer, failure))));
  }

  private void registered(
      Jt808Header header, Admission.@Nullable Registered answer, @Nullable Throwable failure) {
    if (failure != null || answer == null) {
      LOG.error("[jt808 {}] registration failed", header.phone(), failure);
      return; // the terminal asks again
    }
    boolean success = answer.result() == Admission.Registered.SUCCESS;
    answerWith(
        new RegistrationAnswer(
            header.serial(), answer.result(), success ? GbkText.of(answer.code()) : null));
    if (!success) {
      refused();
    }
  }

  /** 0x0102. */
  void authenticate(Jt808Header header, Authentication authentication, ProtocolVersion layout) {
    boolean of2019 = header.version() == ProtocolVersion.V2019;
    olderBodies = of2019 && layout != ProtocolVersion.V2019 ? layout : null;
    version = layout;
    decide(
        () ->
            core.admission()
                .authenticate(applicant(header), authentication)
                .whenComplete(
                    (verdict, failure) ->
                        decided(
                            () ->
                                authenticated(
                                    header,
                                    verdict == null ? Admission.Verdict.UNDECIDED : verdict,
                                    failure))));
  }

  private void authenticated(
      Jt808Header header, Admission.Verdict verdict, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("[jt808 {}] authentication failed", header.phone(), failure);
    }
    switch (verdict) {
      case WELCOME -> welcome(header);
      case UNDECIDED -> answer(header, FAILURE);
      case REFUSED -> {
        answer(header, FAILURE);
        refused();
      }
    }
  }

  private void welcome(Jt808Header header) {
    String terminal = header.phone().digits();
    TerminalMemory.Remembered known = core.memory().of(terminal);
    if (known == null) {
      answer(header, FAILURE);
      close(CloseReason.TOO_MANY_TERMINALS);
      return;
    }
    memory = known;
    refusals = 0;
    ActiveLink present = link;
    if (present == null || wire.moved()) {
      if (present != null) { // a UDP terminal that begins anew elsewhere
        failPending(Code.CONNECTION_REPLACED, "the terminal connected anew");
      }
      core.statistics().admitted();
      wire.settled();
      link = core.registry().online(terminal, this);
    }
    answer(header, SUCCESS); // when it arrives, the terminal can be found
  }

  private void refused() {
    core.statistics().refusedAdmission();
    core.registrations().take(wire.remote().getAddress(), System.nanoTime());
    if (++refusals >= MAX_REFUSALS) {
      close(CloseReason.REFUSED);
    }
  }

  private Admission.Applicant applicant(Jt808Header header) {
    return new Admission.Applicant(header.phone().digits(), header.phone(), version, wire.remote());
  }

  /** Until it is decided, what comes is held back. */
  private void decide(Runnable question) {
    deciding = true;
    wire.read(Wire.Reading.PAUSED);
    question.run();
  }

  private void decided(Runnable answer) {
    wire.run(
        () -> {
          if (over) {
            return;
          }
          deciding = false;
          answer.run();
          ArrayDeque<Jt808Frame> waiting = held;
          while (waiting != null && !waiting.isEmpty() && !deciding && !over) {
            handle(waiting.removeFirst());
          }
          if (!deciding && !over) {
            held = null;
            wire.read(Wire.Reading.ON);
          }
        });
  }

  /** 0x0003: the terminal has to authenticate itself again before it may do anything. */
  void logOff(Jt808Header header) {
    answer(header, SUCCESS);
    ActiveLink present = link;
    if (present != null) {
      core.admission().loggedOff(present.terminal());
      endLink(Code.TERMINAL_OFFLINE, "the terminal logged off");
    }
  }

  /** Answers a message in general. */
  void answer(Jt808Header header, int result) {
    core.statistics().answer();
    send(new PlatformAnswer(header.serial(), header.messageId(), result));
  }

  /** Answers a message with one of its own. */
  void answerWith(Jt808Message message) {
    core.statistics().answer();
    send(message);
  }

  /** An upload with all its parts; null while some are missing. */
  @Nullable MediaUpload joined(MediaUpload upload) {
    if (upload.part() == null) {
      return upload;
    }
    MediaParts those = parts;
    if (those == null) {
      those = new MediaParts(core.config().maxMessageBytes());
      parts = those;
    }
    return those.join(upload);
  }

  /** Sends something of our own, which needs no answer. */
  void sendNow(Jt808Message message) {
    send(message);
  }

  private void send(Jt808Message message) {
    if (!over && phone != null) {
      wire.send(encode(message));
    }
  }

  void sendFor(ActiveLink sender, Jt808Message message) {
    if (sender == link) {
      send(message);
    }
  }

  private List<Bytes> encode(Jt808Message message) {
    TerminalPhone to = Objects.requireNonNull(phone, "nothing was heard of the terminal yet");
    while (pending != null && pending.uses(serial)) {
      serial = (serial + 1) % Jt808Header.SERIALS;
    }
    List<Bytes> frames = Jt808Codec.encode(message, to, serial, version);
    if (frames.size() > 1) {
      lastLong = frames;
      lastLongSerial = serial;
    }
    serial = (serial + frames.size()) % Jt808Header.SERIALS;
    return frames;
  }

  /** Packages of our last long message that did not arrive (0x0005). */
  void repeat(int firstSerial, List<Integer> indexes) {
    List<Bytes> frames = lastLong;
    if (frames != null && firstSerial == lastLongSerial) {
      wire.send(
          indexes.stream()
              .filter(index -> index >= 1 && index <= frames.size())
              .distinct()
              .map(index -> frames.get(index - 1))
              .toList());
    }
  }

  void request(
      ActiveLink by,
      Jt808Message command,
      Duration timeout,
      CompletableFuture<Jt808Message> answer) {
    if (by != link || over) {
      Code code = replaced ? Code.CONNECTION_REPLACED : Code.TERMINAL_OFFLINE;
      answer.completeExceptionally(new CommandFailedException(code, "the link is over"));
      return;
    }
    PendingRequests requests = pending;
    if (requests == null) {
      requests = new PendingRequests(wire, core.config().retryInterval());
      pending = requests;
    }
    if (requests.size() >= core.config().maxRequests()) {
      answer.completeExceptionally(
          new CommandFailedException(Code.TERMINAL_BUSY, "too many commands are under way"));
      return;
    }
    try {
      List<Bytes> frames = encode(command);
      int last = Math.floorMod(serial - 1, Jt808Header.SERIALS);
      requests.add(last, command, frames, answer, timeout, System.nanoTime());
      core.statistics().request();
      wire.send(frames);
    } catch (IllegalArgumentException e) {
      answer.completeExceptionally(e); // a value that does not fit its field
    }
  }

  /** Gives an answer to whoever waits for it; false if nobody does. */
  boolean answered(Jt808Message message) {
    PendingRequests requests = pending;
    if (requests == null || !requests.answered(message)) {
      return false;
    }
    if (requests.isEmpty()) {
      pending = null;
    }
    return true;
  }

  /** The terminal's own heartbeat interval was learnt. */
  void heartbeatEvery(Duration interval) {
    Duration patience = interval.multipliedBy(3);
    Duration usual = core.config().silentTimeout();
    silentNanos = (patience.compareTo(usual) > 0 ? patience : usual).toNanos();
  }

  /** Looks after what takes too long. Called a few times a second. */
  void tick(long nowNanos) {
    if (over) {
      return;
    }
    if (pending != null) {
      pending.tick(nowNanos);
      if (pending.isEmpty()) {
        pending = null;
      }
    }
    if (packaged != null) {
      packaged.tick();
    }
    long unauthenticated = core.config().unauthenticatedTimeout().toNanos();
    if (link == null && nowNanos - Math.max(openedNanos, loggedOffNanos()) >= unauthenticated) {
      close(CloseReason.NEVER_AUTHENTICATED);
    } else if (nowNanos - heardNanos >= silentNanos) {
      close(CloseReason.SILENT);
    }
  }

  private long loggedOffNanos() {
    return memory == null ? openedNanos : heardNanos;
  }

  void close(CloseReason reason) {
    wire.close(reason);
  }

  /** The terminal has another link now. May be called on any thread. */
  void replacedBy(ActiveLink fresh, ActiveLink former) {
    if (fresh.session() == this) {
      return; // the same UDP session began anew
    }
    wire.run(
        () -> {
          if (link == former) {
            replaced = true;
            failPending(Code.CONNECTION_REPLACED, "the terminal connected anew");
            link = null;
            close(CloseReason.REPLACED);
          }
        });
  }

  private void failPending(Code code, String detail) {
    PendingRequests requests = pending;
    pending = null;
    if (requests != null) {
      requests.failAll(code, detail);
    }
  }

  private void endLink(Code code, String detail) {
    ActiveLink present = link;
    link = null;
    if (present != null) {
      core.registry().offline(present);
    }
    failPending(code, detail);
  }

  /** The wire is closed. */
  void closed(CloseReason reason) {
    if (over) {
      return;
    }
    over = true;
    core.statistics().countClosed(reason);
    TerminalPhone known = phone;
    if (link != null) {
      LOG.info("[jt808 {}] offline: {}", known, reason.label());
    }
    endLink(Code.TERMINAL_OFFLINE, "the connection ended: " + reason.label());
    held = null;
    packaged = null;
  }

  boolean over() {
    return over;
  }
}
