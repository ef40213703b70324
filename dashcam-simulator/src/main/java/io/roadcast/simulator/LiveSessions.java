package io.roadcast.simulator;

import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The live transmissions of one terminal: begun, changed and ended as the platform asks (JT/T 1078,
 * 0x9101 and 0x9102). Used by one thread, its terminal's.
 */
final class LiveSessions implements AutoCloseable {
  private static final int DATA_PICTURES_ONLY = 1;
  private static final int DATA_LISTEN = 3;

  private final String digits;
  private final int scene;
  private final Transport preferred;
  private final Studio studio;
  private final Uplink.WriterFactory writers;
  private final UplinkCounters counters;
  private final SignallingTally tally;
  private final List<Session> sessions = new ArrayList<>();

  /** One connection that carries one channel. */
  private final class Session {
    private final Uplink uplink;
    private final Outlet.Place place;
    private final boolean pictures;
    private final boolean sound;
    private final List<Outlet> joined = new ArrayList<>();
    private StreamChoice choice;

    Session(Uplink uplink, LiveRequest request) {
      this.uplink = uplink;
      place = new Outlet.Place(uplink, request.channel());
      pictures = request.data() != DATA_LISTEN;
      sound = request.data() != DATA_PICTURES_ONLY;
      choice = StreamChoice.of(request.stream());
    }

    void join() {
      if (joined.isEmpty()) {
        if (pictures) {
          joined.add(studio.pictures(scene, choice));
        }
        if (sound) {
          joined.add(studio.sound());
        }
        joined.forEach(outlet -> outlet.join(place));
      }
    }

    void leave() {
      joined.forEach(outlet -> outlet.leave(place));
      joined.clear();
    }

    void switchTo(StreamChoice other) {
      leave();
      choice = other;
      join();
    }

    void end() {
      leave();
      uplink.close();
      tally.live.decrement();
    }
  }

  LiveSessions(
      String digits,
      int scene,
      Transport preferred,
      Studio studio,
      Uplink.WriterFactory writers,
      UplinkCounters counters,
      SignallingTally tally) {
    this.digits = digits;
    this.scene = scene;
    this.preferred = preferred;
    this.studio = studio;
    this.writers = writers;
    this.counters = counters;
    this.tally = tally;
  }

  /** Connects to where the request says and sends; a running transmission of the same ends. */
  void open(LiveRequest request, Behaviour.Media media) {
    StreamChoice choice = StreamChoice.of(request.stream());
    end(request.channel(), choice);
    tally.liveRequests.increment();
    if (media == Behaviour.Media.NONE) {
      return;
    }
    boolean tcp = request.udpPort() == 0 || preferred == Transport.TCP && request.tcpPort() != 0;
    Destination server =
        new Destination(
            request.address().value(),
            tcp ? request.tcpPort() : request.udpPort(),
            tcp ? Transport.TCP : Transport.UDP);
    Uplink uplink = new Uplink(server, digits, Uplink.AfterEnd.STAY_AWAY, counters, writers);
    Session session = new Session(uplink, request);
    sessions.add(session);
    tally.live.increment();
    uplink.start(() -> studio.pictures(scene, choice).wantKeyframe());
    if (media == Behaviour.Media.SENT) {
      session.join();
    }
  }

  /** Does what a control message says; one for a channel that sends nothing changes nothing. */
  void control(LiveControl control) {
    int channel = control.channel();
    switch (control.command()) {
      case 0 -> end(channel, chosen(channel, StreamChoice.of(control.stream())));
      case 1 -> of(channel).forEach(one -> one.switchTo(StreamChoice.of(control.stream())));
      case 2 -> of(channel).forEach(Session::leave);
      case 3 -> of(channel).forEach(Session::join);
      default -> {
        // Talk is not simulated.
      }
    }
  }

  /** With one transmission on a channel that one is meant, whatever the message says. */
  private StreamChoice chosen(int channel, StreamChoice named) {
    List<Session> known = of(channel);
    return known.size() == 1 ? known.getFirst().choice : named;
  }

  private List<Session> of(int channel) {
    return sessions.stream().filter(one -> one.place.channel() == channel).toList();
  }

  private void end(int channel, StreamChoice choice) {
    for (Session session : of(channel)) {
      if (Objects.equals(session.choice, choice)) {
        sessions.remove(session);
        session.end();
      }
    }
  }

  /** Ends what the server has ended, so that nothing is drawn for nobody. */
  void forgetEnded() {
    for (Session session : List.copyOf(sessions)) {
      if (session.uplink.hasEnded()) {
        sessions.remove(session);
        session.end();
      }
    }
  }

  @Override
  public void close() {
    sessions.forEach(Session::end);
    sessions.clear();
  }
}
