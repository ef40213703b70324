package io.roadcast.bench.viewer;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.HeaderExtensions;
import io.roadcast.media.rtp.PacketArrivals;
import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import io.roadcast.media.rtp.SequenceUnwrapper;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Notes when packets with a transport-wide sequence number came, and tells of them ten times a
 * second (draft-holmer-rmcat-transport-wide-cc-extensions-01). Belongs to the loop's thread.
 */
final class ArrivalReports {
  /** Of the header extension, as our offers name it. */
  static final int EXTENSION_ID = 3;

  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MAX_PACKETS = 250;
  private static final long TICK_NANOS = 250_000;
  private static final long TICKS_OF_REFERENCE = 256;

  /** A step between two packets has 16 bits. */
  private static final long MAX_STEP_TICKS = Short.MAX_VALUE;

  private final SequenceUnwrapper numbers = new SequenceUnwrapper();
  private final TreeMap<Long, Long> arrivals = new TreeMap<>();
  private final long beganNanos = System.nanoTime();
  private long nextReported = -1;
  private long dueNanos = beganNanos + EVERY_NANOS;
  private int reports;

  /** A packet that was decrypted. */
  void came(byte[] packet, int length, long nowNanos) throws MalformedMediaException {
    for (HeaderExtensions.Element each : HeaderExtensions.parse(packet, 0, length)) {
      if (each.id() == EXTENSION_ID && each.value().remaining() == Short.BYTES) {
        long number = numbers.unwrap(Short.toUnsignedInt(each.value().getShort()));
        nextReported = nextReported < 0 ? number : nextReported;
        if (number >= nextReported) {
          arrivals.put(number, (nowNanos - beganNanos) / TICK_NANOS);
        }
      }
    }
  }

  /** What is to be told now; nothing if it is too early or nothing came. */
  Optional<TransportFeedback> due(int ownSsrc, int mediaSsrc, long nowNanos) {
    if (nowNanos - dueNanos < 0 || arrivals.isEmpty()) {
      return Optional.empty();
    }
    if (arrivals.firstKey() - nextReported >= MAX_PACKETS) {
      nextReported = arrivals.firstKey(); // so many in a row are an outage, which is not told of
    }
    long before = arrivals.firstEntry().getValue();
    long last = nextReported;
    for (var arrival : arrivals.entrySet()) {
      if (arrival.getKey() - nextReported >= MAX_PACKETS
          || Math.abs(arrival.getValue() - before) > MAX_STEP_TICKS) {
        break;
      }
      before = arrival.getValue();
      last = arrival.getKey();
    }
    return Optional.of(tell(ownSsrc, mediaSsrc, last, nowNanos));
  }

  private TransportFeedback tell(int ownSsrc, int mediaSsrc, long last, long nowNanos) {
    int[] ticks = new int[(int) (last - nextReported + 1)];
    long reference = arrivals.firstEntry().getValue() / TICKS_OF_REFERENCE;
    int base = (int) (nextReported & 0xFFFF);
    for (int i = 0; i < ticks.length; i++) {
      Long arrival = arrivals.remove(nextReported + i);
      ticks[i] =
          arrival == null ? PacketArrivals.LOST : (int) (arrival - reference * TICKS_OF_REFERENCE);
    }
    nextReported = last + 1;
    if (arrivals.isEmpty()) {
      dueNanos = nowNanos + EVERY_NANOS; // else the rest is told at once
    }
    return new TransportFeedback(
        ownSsrc, mediaSsrc, base, (int) reference, reports++ & 0xFF, PacketArrivals.of(ticks));
  }
}
