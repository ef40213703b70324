package io.roadcast.simulator;

import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.TerminalPhone;
import io.roadcast.simulator.alarm.AlarmClock;
import io.roadcast.simulator.alarm.AlarmFile;
import io.roadcast.simulator.alarm.AlarmFolder;
import io.roadcast.simulator.alarm.FileCourier;
import io.roadcast.simulator.alarm.RaisedAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the files of a terminal's alarms to the platform, each time on a thread of its own. */
final class FileErrands {
  private static final Logger log = LoggerFactory.getLogger(FileErrands.class);

  private final String digits;
  private final TerminalPhone phone;
  private final Signalling signalling;
  private final AlarmClock alarms;
  private final int scene;
  private final StreamTime time;
  private final Random random;
  private final SignallingTally tally;

  /**
   * @param scene that the terminal's files show, at the time of each alarm
   */
  FileErrands(
      String digits,
      Signalling signalling,
      AlarmClock alarms,
      int scene,
      StreamTime time,
      Random random,
      SignallingTally tally) {
    this.digits = digits;
    this.phone = TerminalPhone.of(digits, signalling.version());
    this.signalling = signalling;
    this.alarms = alarms;
    this.scene = scene;
    this.time = time;
    this.random = random;
    this.tally = tally;
  }

  /** 0x9208: false if there is no such alarm. */
  boolean bring(AttachmentUpload asked) {
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
    long then = time.nowMillis() - age;
    Thread.ofVirtual().name("files-" + digits).start(() -> deliver(courier, asked, alarm, then));
    return true;
  }

  private void deliver(
      FileCourier courier, AttachmentUpload asked, RaisedAlarm alarm, long thenMillis) {
    try {
      String number = asked.alarmNumber().value().strip();
      List<AlarmFile> files = AlarmFolder.files(alarm, number, scene, thenMillis);
      tally.files.add(courier.deliver(asked, files));
    } catch (InterruptedException ended) {
      log.debug("{}: files of an alarm are left", digits);
    }
  }
}
