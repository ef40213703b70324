package io.roadcast.simulator;

import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** The settings of one terminal, which the platform reads and writes. Used by one thread. */
final class TerminalParameters {
  static final long HEARTBEAT_SECONDS = 0x0001;
  static final long REPORT_SECONDS = 0x0029;

  private static final long SERVER = 0x0013;
  private static final long TOP_SPEED = 0x0055;
  private static final long ODOMETER = 0x0080;
  private static final long PLATE = 0x0083;
  private static final long PLATE_COLOUR = 0x0084;
  private static final long CHANNELS = 0x0076;

  private final TreeMap<Long, Bytes> values = new TreeMap<>();

  TerminalParameters(Signalling signalling, String plate, int channels) {
    put(HEARTBEAT_SECONDS, signalling.heartbeat().toSeconds());
    values.put(SERVER, text(signalling.host()));
    put(REPORT_SECONDS, Math.max(1, signalling.reportInterval().toSeconds()));
    put(TOP_SPEED, 100);
    values.put(CHANNELS, channelRows(channels));
    put(ODOMETER, 180_000);
    values.put(PLATE, text(plate));
    values.put(PLATE_COLOUR, Bytes.of((byte) 1));
  }

  List<Parameter> all() {
    return values.entrySet().stream()
        .map(entry -> new Parameter(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Those of the ids that this terminal has. */
  List<Parameter> some(List<Long> ids) {
    return all().stream().filter(parameter -> ids.contains(parameter.id())).toList();
  }

  void write(List<Parameter> parameters) {
    parameters.forEach(parameter -> values.put(parameter.id(), parameter.value()));
  }

  /** A number of up to four bytes; the fallback where there is none. */
  long number(long id, long fallback) {
    Bytes value = values.get(id);
    if (value == null || value.isEmpty() || value.length() > 4) {
      return fallback;
    }
    long number = 0;
    for (int index = 0; index < value.length(); index++) {
      number = number << 8 | value.at(index);
    }
    return number;
  }

  private void put(long id, long value) {
    values.put(id, Bytes.of(ByteBuffer.allocate(4).putInt((int) value).array()));
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** JT/T 1078, 0x0076: so many channels with sound and picture, numbered from 1. */
  private static Bytes channelRows(int channels) {
    ByteBuffer rows = ByteBuffer.allocate(3 + 4 * channels);
    rows.put((byte) channels).put((byte) 0).put((byte) 0);
    for (int channel = 1; channel <= channels; channel++) {
      rows.put((byte) channel).put((byte) channel).put((byte) 0).put((byte) 0);
    }
    return Bytes.of(rows.array());
  }
}
