package io.roadcast.jtt.gateway;

import io.roadcast.jtt.gateway.CommandFailedException.Code;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LogOff;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.PlatformAnswer;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.time.Duration;
import java.util.List;
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

  /** Results of 0x8001. */
  static final int SUCCESS = 0;

  static final int FAILURE = 1;
  static final int BAD_MESSAGE = 2;
  static final int NOT_SUPPORTED = 3;

  private final GatewayCore core;
  private final Wire wire;
  private final MessageRouting routing;
  private final Entrance entrance = new Entrance(this);
  private final Outgoing outgoing = new Outgoing(this);
  private final long openedNanos;
  private @Nullable TerminalPhone phone;
  private volatile ProtocolVersion version = ProtocolVersion.V2013;
  private @Nullable ProtocolVersion olderBodies;
  private @Nullable ActiveLink link;
  private TerminalMemory.@Nullable Remembered memory;
  private @Nullable PackagedMessages packaged;
  private @Nullable MediaParts parts;
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
    this.silentNanos = core.config().times().silent().toNanos();
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

  /** Its number, as its last message has it; null before the first one. */
  @Nullable TerminalPhone phone() {
    return phone;
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
    if (entrance.deciding()) {
      entrance.hold(frame);
    } else {
      handle(frame);
    }
  }

  /** Does with a frame what is to be done. */
  void handle(Jt808Frame frame) {
    Jt808Header header = frame.header();
    TerminalPhone known = phone;
    if (link != null && known != null && !known.digits().equals(header.phone().digits())) {
      core.statistics().countDropped(DropReason.FOREIGN_NUMBER);
      return;
    }
    phone = header.phone();
    if (link == null && !admissible(header.messageId())) {
      core.statistics().countDropped(DropReason.UNAUTHENTICATED);
      answerAlone(header, FAILURE);
    } else if (header.encryption() != 0) {
      core.statistics().countDropped(DropReason.ENCRYPTED);
      answerAlone(header, NOT_SUPPORTED);
    } else if (header.packageTotal() > 1) {
      packaged(frame);
    } else {
      routing.whole(this, header, frame.body());
    }
  }

  /** Says that a terminal which is not known here has to authenticate itself. */
  void refuse(Jt808Header header) {
    phone = header.phone();
    answerAlone(header, FAILURE);
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
    entrance.register(header, registration);
  }

  /** 0x0102. */
  void authenticate(Jt808Header header, Authentication authentication, ProtocolVersion layout) {
    boolean of2019 = header.version() == ProtocolVersion.V2019;
    olderBodies = of2019 && layout != ProtocolVersion.V2019 ? layout : null;
    version = layout;
    entrance.authenticate(header, authentication);
  }

  /** The terminal is who it says. */
  void welcome(Jt808Header header) {
    String terminal = header.phone().digits();
    TerminalMemory.Remembered known = core.memory().of(terminal);
    if (known == null) {
      answer(header, FAILURE);
      close(CloseReason.TOO_MANY_TERMINALS);
      return;
    }
    memory = known;
    ActiveLink present = link;
    if (present == null || wire.moved()) {
      if (present != null) { // a UDP terminal that begins anew elsewhere
        outgoing.failPending(Code.CONNECTION_REPLACED, "the terminal connected anew");
      }
      core.statistics().admitted();
      wire.settled();
      link = core.registry().online(terminal, this);
    }
    answer(header, SUCCESS); // when it arrives, the terminal can be found
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

  /**
   * Answers a message in general.
   *
   * @param header of the message, or of the package that completed it
   */
  void answer(Jt808Header header, int result) {
    if (header.packageTotal() > 1 && packaged != null) {
      packaged.answer(header, result);
    } else {
      answerAlone(header, result);
    }
  }

  /** Answers one frame, whatever it is a part of. */
  void answerAlone(Jt808Header header, int result) {
    answerWith(new PlatformAnswer(header.serial(), header.messageId(), result));
  }

  /** Answers a message with one of its own. */
  void answerWith(Jt808Message message) {
    core.statistics().answer();
    send(message);
  }

  /**
   * The same, for a message that may have come in packages: whoever repeats one is answered so
   * again.
   */
  void answerWith(Jt808Header header, Jt808Message message) {
    answerWith(message);
    if (header.packageTotal() > 1 && packaged != null) {
      packaged.answeredWith(header, message);
    }
  }

  /** A message could not be kept: it is not answered, and is new when it comes again. */
  void notKept(Jt808Header header) {
    if (header.packageTotal() > 1 && packaged != null) {
      packaged.notKept(header);
    }
  }

  /** An upload with all its parts; null while some are missing. */
  @Nullable MediaUpload joined(Jt808Header header, MediaUpload upload) {
    if (upload.part() == null) {
      return upload;
    }
    MediaParts those = parts;
    if (those == null) {
      those = new MediaParts(this);
      parts = those;
    }
    return those.join(header, upload);
  }

  /** Sends something of our own, which needs no answer. */
  void send(Jt808Message message) {
    if (!over && phone != null) {
      outgoing.send(message);
    }
  }

  void sendFor(ActiveLink sender, Jt808Message message) {
    if (sender == link) {
      send(message);
    }
  }

  /** Packages of our last long message that did not arrive (0x0005). */
  void repeat(int firstSerial, List<Integer> indexes) {
    outgoing.repeat(firstSerial, indexes);
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
    outgoing.request(command, timeout, answer);
  }

  /** Gives an answer to whoever waits for it; false if nobody does. */
  boolean answered(Jt808Message message) {
    return outgoing.answered(message);
  }

  /** The terminal's own heartbeat interval was learnt. */
  void heartbeatEvery(Duration interval) {
    Duration patience = interval.multipliedBy(3);
    Duration usual = core.config().times().silent();
    silentNanos = (patience.compareTo(usual) > 0 ? patience : usual).toNanos();
  }

  /** Looks after what takes too long. Called a few times a second. */
  void tick(long nowNanos) {
    if (over) {
      return;
    }
    outgoing.tick(nowNanos);
    if (packaged != null) {
      packaged.tick();
    }
    if (parts != null) {
      parts.tick();
    }
    long unauthenticated = core.config().times().unauthenticated().toNanos();
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
            outgoing.failPending(Code.CONNECTION_REPLACED, "the terminal connected anew");
            link = null;
            close(CloseReason.REPLACED);
          }
        });
  }

  private void endLink(Code code, String detail) {
    ActiveLink present = link;
    link = null;
    if (present != null) {
      core.registry().offline(present);
    }
    outgoing.failPending(code, detail);
  }

  /** The wire is closed. */
  void closed(CloseReason reason) {
    if (over) {
      return;
    }
    over = true;
    core.statistics().countClosed(reason);
    if (link != null) {
      LOG.info("[jt808 {}] offline: {}", phone, reason.label());
    }
    endLink(Code.TERMINAL_OFFLINE, "the connection ended: " + reason.label());
    entrance.closed();
    packaged = null;
    parts = null;
  }

  boolean over() {
    return over;
  }
}
