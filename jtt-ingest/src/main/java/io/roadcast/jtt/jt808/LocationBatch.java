package io.roadcast.jtt.jt808;

import java.util.ArrayList;
import java.util.List;

/**
 * 0x0704, from the terminal: several location reports at once.
 *
 * @param count how many reports the terminal announces; there may be fewer
 * @param type 0 reports of now, 1 reports kept while there was no connection: their alarms are old
 */
public record LocationBatch(int count, int type, List<LocationReport> reports)
    implements Jt808Message {
  public static final int ID = 0x0704;

  static final MessageCodec<LocationBatch> CODEC =
      MessageCodec.of(ID, LocationBatch.class, LocationBatch::read, LocationBatch::write);

  @Override
  public int id() {
    return ID;
  }

  /** The type of reports that were kept while there was no connection. */
  public static final int BACKLOG = 1;

  private static final int LENGTH_BYTES = 2;

  public LocationBatch {
    reports = List.copyOf(reports);
  }

  /** A batch of exactly these. */
  public static LocationBatch of(int type, List<LocationReport> reports) {
    return new LocationBatch(reports.size(), type, reports);
  }

  private static LocationBatch read(BodyReader in) throws MalformedMessageException {
    int count = in.u16();
    int type = in.u8();
    List<LocationReport> reports = new ArrayList<>();
    while (reports.size() < count && reportFollows(in)) {
      reports.add(LocationReport.read(new BodyReader(in.bytes(in.u16()))));
    }
    return new LocationBatch(count, type, reports);
  }

  private static boolean reportFollows(BodyReader in) {
    if (in.remaining() < LENGTH_BYTES + Location.BYTES) {
      return false;
    }
    int length = in.peek(0) << 8 | in.peek(1);
    return length >= Location.BYTES && length <= in.remaining() - LENGTH_BYTES;
  }

  private void write(BodyWriter out) {
    out.u16(count).u8(type);
    for (LocationReport report : reports) {
      out.u16(report.length());
      report.write(out);
    }
  }
}
