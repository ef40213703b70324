package io.roadcast.jtt.jsatl12;

import io.roadcast.jtt.jt808.BodyReader;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.TransparentDown;
import io.roadcast.jtt.jt808.TransparentUp;
import java.util.List;
import java.util.Optional;

/** What a terminal says of its safety peripherals, in 0x0900 (T/JSATL 12 section 4.3). */
public sealed interface PeripheralReport {
  /** Type of {@link TransparentUp} and {@link TransparentDown} that is about status. */
  int STATUS = 0xF7;

  /** Type of {@link TransparentUp} and {@link TransparentDown} that is about description. */
  int DESCRIPTION = 0xF8;

  /** How they are. */
  record Statuses(List<Status> peripherals) implements PeripheralReport {}

  /** What they are. */
  record Descriptions(List<Description> peripherals) implements PeripheralReport {}

  /**
   * How one is.
   *
   * @param id 0x64 driver assistance, 0x65 driver, 0x66 tyres, 0x67 blind areas
   * @param length of what the terminal sent of it, bytes
   * @param state 1 normal, 2 standby, 3 upgrading, 4 fault, 16 not connected
   * @param alarms bits: 0 camera, 1 main storage, 2 backup storage, 3 infrared light, 4 speaker, 5
   *     battery, 10 radio, 11 positioning
   */
  record Status(int id, int length, int state, long alarms) {}

  /** What one is. */
  record Description(
      int id,
      int length,
      GbkText company,
      GbkText product,
      GbkText hardwareVersion,
      GbkText softwareVersion,
      GbkText deviceId,
      GbkText customerCode) {}

  /** Reads a message; empty if it is about something else, or is malformed. */
  static Optional<PeripheralReport> of(TransparentUp message) {
    try {
      BodyReader in = new BodyReader(message.content());
      return switch (message.type()) {
        case STATUS -> Optional.of(new Statuses(in.list(in.u8(), PeripheralReport::status)));
        case DESCRIPTION ->
            Optional.of(new Descriptions(in.list(in.u8(), PeripheralReport::description)));
        default -> Optional.empty();
      };
    } catch (MalformedMessageException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Asks a terminal for its peripherals.
   *
   * @param type {@link #STATUS} or {@link #DESCRIPTION}
   * @param ids as in {@link Status}, 255 at most
   */
  static TransparentDown question(int type, List<Integer> ids) {
    byte[] content = new byte[1 + ids.size()];
    content[0] = (byte) ids.size();
    for (int i = 0; i < ids.size(); i++) {
      content[1 + i] = ids.get(i).byteValue();
    }
    return new TransparentDown(type, Bytes.of(content));
  }

  /** The peripherals that the platform asks for; empty if it asks for something else. */
  static Optional<List<Integer>> asked(TransparentDown message) {
    if (message.type() != STATUS && message.type() != DESCRIPTION) {
      return Optional.empty();
    }
    try {
      BodyReader in = new BodyReader(message.content());
      List<Integer> ids = in.list(in.u8(), BodyReader::u8);
      return in.isAtEnd() ? Optional.of(ids) : Optional.empty();
    } catch (MalformedMessageException malformed) {
      return Optional.empty();
    }
  }

  private static Status status(BodyReader in) throws MalformedMessageException {
    int id = in.u8();
    Bytes content = in.bytes(in.u8());
    BodyReader fields = new BodyReader(content);
    return new Status(id, content.length(), fields.u8(), fields.u32());
  }

  private static Description description(BodyReader in) throws MalformedMessageException {
    int id = in.u8();
    Bytes content = in.bytes(in.u8());
    BodyReader fields = new BodyReader(content);
    return new Description(
        id,
        content.length(),
        fields.sizedText(),
        fields.sizedText(),
        fields.sizedText(),
        fields.sizedText(),
        fields.sizedText(),
        fields.sizedText());
  }
}
