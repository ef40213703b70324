package io.roadcast.jtt.jt808;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * 0x0100, from the terminal: asks to be registered. Identifiers keep whatever fills their fields,
 * in front or behind; compare {@link GbkText#value()}.
 *
 * @param province first two digits of GB/T 2260
 * @param city the other four digits
 * @param manufacturer 5 bytes, 11 in 2019
 * @param model 8 bytes in 2011, 20 in 2013, 30 in 2019
 * @param terminalId given by the manufacturer: 7 bytes, 30 in 2019
 * @param plateColor JT/T 415: 1 blue, 2 yellow, 3 black, 4 white, 9 other; 0 when there is no plate
 * @param plate the number plate, or the vehicle identification number when the colour is 0
 */
public record Registration(
    int province,
    int city,
    GbkText manufacturer,
    GbkText model,
    GbkText terminalId,
    int plateColor,
    GbkText plate)
    implements Jt808Message {
  public static final int ID = 0x0100;

  static final MessageCodec<Registration> CODEC =
      MessageCodec.byLayout(
          ID, Registration.class, Registration::layout, Registration::read, Registration::write);

  private static final Charset GBK = Charset.forName("GBK");
  private static final int LONGEST_OF_2011 = 45;

  /** Widths of the fields between city and colour. */
  private enum Widths {
    OF_2011(5, 8, 7),
    OF_2013(5, 20, 7),
    OF_2019(11, 30, 30);

    private final int manufacturer;
    private final int model;
    private final int terminalId;

    Widths(int manufacturer, int model, int terminalId) {
      this.manufacturer = manufacturer;
      this.model = model;
      this.terminalId = terminalId;
    }

    static Widths of(ProtocolVersion layout) {
      return switch (layout) {
        case V2011 -> OF_2011;
        case V2013 -> OF_2013;
        case V2019 -> OF_2019;
      };
    }

    int colorOffset() {
      return 4 + manufacturer + model + terminalId;
    }
  }

  @Override
  public int id() {
    return ID;
  }

  /** Headers of 2011 and 2013 are the same, so the body has to tell. */
  private static ProtocolVersion layout(Bytes body, ProtocolVersion version) {
    if (version == ProtocolVersion.V2011) {
      return version;
    }
    if (version == ProtocolVersion.V2019 && body.length() > Widths.OF_2019.colorOffset()) {
      return version;
    }
    int color = Widths.OF_2013.colorOffset();
    if (body.length() <= color) {
      return ProtocolVersion.V2011;
    }
    if (body.length() > LONGEST_OF_2011) {
      return ProtocolVersion.V2013;
    }
    Bytes plate = body.slice(color + 1, body.length() - color - 1);
    return isColor(body.at(color)) && isGbk(plate) ? ProtocolVersion.V2013 : ProtocolVersion.V2011;
  }

  private static boolean isColor(int color) {
    return color <= 5 || color == 9 || (color >= 91 && color <= 93);
  }

  private static boolean isGbk(Bytes text) {
    try {
      GBK.newDecoder().decode(ByteBuffer.wrap(text.toArray()));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }

  private static Registration read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    Widths widths = Widths.of(layout);
    return new Registration(
        in.u16(),
        in.u16(),
        in.text(widths.manufacturer),
        in.text(widths.model),
        in.text(widths.terminalId),
        in.u8(),
        in.restText());
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    Widths widths = Widths.of(layout);
    out.u16(province).u16(city).text(manufacturer, widths.manufacturer);
    out.text(model, widths.model).text(terminalId, widths.terminalId);
    out.u8(plateColor).text(plate);
  }
}
