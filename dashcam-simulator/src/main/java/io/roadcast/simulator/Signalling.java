package io.roadcast.simulator;

import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.simulator.alarm.AlarmPlan;
import java.time.Duration;

/**
 * How simulated terminals speak JT/T 808.
 *
 * @param host of the server
 * @param port its JT/T 808 port
 * @param reportInterval between location reports
 * @param heartbeat between heartbeats
 * @param alarms which safety alarms they raise
 */
public record Signalling(
    String host,
    int port,
    Transport transport,
    ProtocolVersion version,
    Duration reportInterval,
    Duration heartbeat,
    Behaviour behaviour,
    AlarmPlan alarms) {
  public Signalling {
    if (reportInterval.toMillis() < 50 || heartbeat.toMillis() < 50) {
      throw new IllegalArgumentException("reports and heartbeats at most twenty times a second");
    }
  }

  /** Over TCP as of 2013, a report every 5 s, a heartbeat every 30 s, nothing amiss. */
  public static Signalling to(String host, int port) {
    return new Signalling(
        host,
        port,
        Transport.TCP,
        ProtocolVersion.V2013,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Behaviour.good(),
        AlarmPlan.none());
  }

  public Signalling with(ProtocolVersion other) {
    return new Signalling(
        host, port, transport, other, reportInterval, heartbeat, behaviour, alarms);
  }

  public Signalling with(Transport other) {
    return new Signalling(host, port, other, version, reportInterval, heartbeat, behaviour, alarms);
  }

  public Signalling with(Behaviour other) {
    return new Signalling(host, port, transport, version, reportInterval, heartbeat, other, alarms);
  }

  public Signalling withIntervals(Duration reports, Duration heartbeats) {
    return new Signalling(host, port, transport, version, reports, heartbeats, behaviour, alarms);
  }

  public Signalling with(AlarmPlan other) {
    return new Signalling(
        host, port, transport, version, reportInterval, heartbeat, behaviour, other);
  }
}
