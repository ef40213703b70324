package io.roadcast.bench.terminal;

import io.roadcast.bench.terminal.TcpTerminals.Terminal;
import java.io.IOException;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A terminal that keeps what was not acknowledged and sends it again. Used by one thread. */
final class PositionReporter {
  /** Altitudes have 15 bits. */
  private static final int MOST = 0x7fff;

  private final String phone;
  private final ReportForm form;
  private final Map<Integer, Report> open = new LinkedHashMap<>();
  private final BitSet acknowledged = new BitSet();
  private @Nullable Terminal link;
  private int made;

  /**
   * @param sentNanos 0 if it was sent more than once
   */
  private record Report(byte[] frame, long sentNanos) {}

  PositionReporter(String phone, ReportForm form) {
    this.phone = phone;
    this.form = form;
  }

  void use(Terminal fresh) {
    hangUp();
    link = fresh;
  }

  boolean connected() {
    return link != null && link.authenticated;
  }

  /** Its serial number is one more than its number. */
  void report(Instant at) {
    int number = made++;
    if (number > MOST) {
      throw new IllegalStateException("more positions than altitudes");
    }
    byte[] frame = form.frame(phone, number + 1, number, at);
    open.put(number, new Report(frame, System.nanoTime()));
    send(frame);
  }

  void repeatOpen() {
    open.replaceAll((number, report) -> new Report(report.frame, 0));
    open.values().forEach(report -> send(report.frame));
  }

  private void send(byte[] frame) {
    Terminal present = link;
    if (present == null || present.ended) {
      return;
    }
    try {
      present.send(frame);
    } catch (IOException lost) {
      TcpTerminals.end(present);
    }
  }

  /** When it was sent; 0 if that does not say how long it took. */
  long acknowledged(int serial) {
    int number = serial - 1;
    acknowledged.set(number);
    Report answered = open.remove(number);
    return answered == null ? 0 : answered.sentNanos;
  }

  BitSet acknowledged() {
    return (BitSet) acknowledged.clone();
  }

  boolean nothingOpen() {
    return open.isEmpty();
  }

  String phone() {
    return phone;
  }

  void hangUp() {
    if (link != null) {
      TcpTerminals.end(link);
    }
  }
}
