package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt1078.Jt1078Packet;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** Findings as a table that a person reads: a line per packet, then a line per stream. */
public final class TextReport implements Jt1078Report {
  private static final String PACKET = "%10s %6s  %-24s %-11s %-6s %3s %1s %20s %6s %6s %5s %7s%n";
  private static final String STREAM = "%-24s %2s %-12s %-12s %7s %7s %7s %7s %7s %10s %5s %5s%n";

  private final Writer out;
  private boolean titled;

  /**
   * @param out flushed at the summary; stays open
   */
  public TextReport(Writer out) {
    this.out = out;
  }

  @Override
  public void packet(Jt1078Packet packet, long offset, long skipped) throws IOException {
    if (!titled) {
      titled = true;
      print(
          PACKET,
          "offset",
          "seq",
          "stream",
          "type",
          "sub",
          "pt",
          "M",
          "timestamp",
          "I +ms",
          "+ms",
          "body",
          "skipped");
    }
    print(
        PACKET,
        offset,
        packet.sequence(),
        packet.terminal().digits() + "-" + packet.channel(),
        packet.type().label(),
        packet.subPacket().label(),
        packet.payloadType(),
        packet.marker() ? "M" : "",
        Long.toUnsignedString(packet.timestamp()),
        packet.type().video() ? packet.keyframeInterval() : "",
        packet.type().video() ? packet.frameInterval() : "",
        packet.bodyLength(),
        skipped == 0 ? "" : skipped);
  }

  @Override
  public void summary(long packets, long skipped, List<StreamSummary> streams) throws IOException {
    print("%n%d packets, %d bytes that belong to none%n", packets, skipped);
    print(
        STREAM,
        "stream",
        "id",
        "codec",
        "audio codec",
        "packets",
        "I",
        "P",
        "B",
        "audio",
        "incomplete",
        "gaps",
        "lost");
    for (StreamSummary stream : streams) {
      print(
          STREAM,
          stream.terminal() + "-" + stream.channel(),
          stream.idWidth(),
          stream.codec(),
          stream.audioCodec(),
          stream.packets(),
          stream.keyframes(),
          stream.predicted(),
          stream.bidirectional(),
          stream.audio(),
          stream.incomplete(),
          stream.gaps(),
          stream.lostPackets());
    }
    out.flush();
  }

  private void print(String format, Object... values) throws IOException {
    out.write(String.format(Locale.ROOT, format, values));
  }
}
