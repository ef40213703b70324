package io.roadcast.simulator;

import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.simulator.alarm.AlarmPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the command line that are about JT/T 808. */
final class SignallingArguments {
  @Option(
      names = "--push",
      description = "Send media at once and unasked, without speaking JT/T 808.")
  private boolean push;

  @Option(
      names = "--jt808-port",
      defaultValue = "7611",
      description = "The server's JT/T 808 port (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--jt808-transport",
      defaultValue = "tcp",
      description = "${COMPLETION-CANDIDATES}, for JT/T 808 (${DEFAULT-VALUE}).")
  private Transport transport = Transport.TCP;

  @Option(
      names = "--jt808-version",
      defaultValue = "2013",
      description = "2011, 2013 or 2019 (${DEFAULT-VALUE}).")
  private int version;

  @Option(
      names = "--report-seconds",
      defaultValue = "5",
      description = "Time between location reports (${DEFAULT-VALUE}).")
  private double reportSeconds;

  @Option(
      names = "--heartbeat-seconds",
      defaultValue = "30",
      description = "Time between heartbeats (${DEFAULT-VALUE}).")
  private double heartbeatSeconds;

  @Option(
      names = "--refuse",
      split = ",",
      paramLabel = "ID",
      description = "Messages that are answered with a failure, such as 0x9101,0x8300.")
  private @Nullable List<String> refused;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "ID",
      description = "Messages that are not answered.")
  private @Nullable List<String> ignored;

  @Option(
      names = "--answer-delay-ms",
      defaultValue = "0",
      description = "Time before each answer (${DEFAULT-VALUE}).")
  private long answerDelayMillis;

  @Option(
      names = "--live",
      defaultValue = "sent",
      description = "What follows a live request: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Behaviour.Media media = Behaviour.Media.SENT;

  @Option(
      names = "--clock-ahead-seconds",
      defaultValue = "0",
      description = "How wrong the terminals' clocks are (${DEFAULT-VALUE}).")
  private long clockAheadSeconds;

  @Option(
      names = "--jt808-loss",
      defaultValue = "0",
      description = "Percent of JT/T 808 frames left out (${DEFAULT-VALUE}).")
  private double loss;

  @Option(
      names = "--alarms",
      defaultValue = "none",
      description =
          "Safety alarms: none, natural (now and then, as on the road), every (each kind in turn)"
              + " (${DEFAULT-VALUE}).")
  private AlarmPlan.Pace alarms = AlarmPlan.Pace.NONE;

  @Option(
      names = "--alarm-seconds",
      defaultValue = "45",
      description = "Time between two alarms of a terminal (${DEFAULT-VALUE}).")
  private double alarmSeconds;

  @Option(
      names = "--alarm-standard",
      defaultValue = "su",
      description =
          "What alarms and their files follow: su (T/JSATL 12-2017), yue (T/GDRTA 002-2020)"
              + " (${DEFAULT-VALUE}).")
  private SafetyVariant alarmStandard = SafetyVariant.SU;

  @Option(
      names = "--alarm-faults",
      split = ",",
      paramLabel = "FAULT",
      description = "What goes wrong with alarms and their files: ${COMPLETION-CANDIDATES}.")
  private @Nullable List<AlarmPlan.Fault> alarmFaults;

  @Option(
      names = "--alarm-bits",
      defaultValue = "0",
      description = "Alarm bits that location reports always have, such as 0x2 (${DEFAULT-VALUE}).")
  private String alarmBits = "0";

  /** Null for terminals that send unasked. */
  @Nullable Signalling signalling(String host) {
    if (push) {
      return null;
    }
    return Signalling.to(host, port)
        .with(transport)
        .with(ProtocolVersion.ofYear(version))
        .withIntervals(seconds(reportSeconds), seconds(heartbeatSeconds))
        .with(behaviour())
        .with(
            new AlarmPlan(
                alarmStandard,
                alarms,
                seconds(alarmSeconds),
                alarmFaults == null ? Set.of() : Set.copyOf(alarmFaults)));
  }

  private Behaviour behaviour() {
    return Behaviour.good()
        .refusing(ids(refused))
        .notAnswering(ids(ignored))
        .answeringAfter(Duration.ofMillis(answerDelayMillis))
        .with(media)
        .withClockAhead(Duration.ofSeconds(clockAheadSeconds))
        .losing(loss)
        .withAlarms(Long.decode(alarmBits));
  }

  private static Integer[] ids(@Nullable List<String> texts) {
    return texts == null
        ? new Integer[0]
        : texts.stream().map(Integer::decode).toArray(Integer[]::new);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
