package io.roadcast.jtt.jt808;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * 0x0200, from the terminal: where it is and what is the matter.
 *
 * @param items in the order in which they came
 * @param rest what follows the last whole item: empty unless the terminal's lengths are wrong
 */
public record LocationReport(Location location, List<LocationItem> items, Bytes rest)
    implements Jt808Message {
  public static final int ID = 0x0200;

  static final MessageCodec<LocationReport> CODEC =
      MessageCodec.of(ID, LocationReport.class, LocationReport::read, LocationReport::write);

  @Override
  public int id() {
    return ID;
  }

  public LocationReport {
    items = List.copyOf(items);
  }

  public LocationReport(Location location, List<LocationItem> items) {
    this(location, items, Bytes.EMPTY);
  }

  static LocationReport read(BodyReader in) throws MalformedMessageException {
    Location location = Location.read(in);
    List<LocationItem> items = new ArrayList<>();
    while (LocationItem.follows(in)) {
      items.add(LocationItem.read(in));
    }
    return new LocationReport(location, items, in.rest());
  }

  void write(BodyWriter out) {
    location.write(out);
    out.list(items, LocationItem::write).bytes(rest);
  }

  /** Bytes of the body. */
  public int length() {
    return Location.BYTES + items.stream().mapToInt(LocationItem::length).sum() + rest.length();
  }

  /** What the odometer shows, if it was sent. */
  public OptionalDouble mileageKilometres() {
    for (LocationItem item : items) {
      if (LocationItemValue.of(item) instanceof LocationItemValue.Mileage mileage) {
        return OptionalDouble.of(mileage.tenths() / 10.0);
      }
    }
    return OptionalDouble.empty();
  }

  /** The alarm bits of JT/T 1078 (item 0x14), 0 if they were not sent. */
  public long videoAlarms() {
    for (LocationItem item : items) {
      if (LocationItemValue.of(item) instanceof LocationItemValue.VideoAlarms alarms) {
        return alarms.bits();
      }
    }
    return 0;
  }
}
