package io.roadcast.jtt.jt808;

/**
 * 0x0107, from the terminal: answers {@link AttributeQuery}. It carries no serial number of the
 * question.
 *
 * @param types bits: 0 passengers, 1 dangerous goods, 2 goods, 3 taxi, 6 records video, 7 one piece
 * @param manufacturer 5 bytes, some terminals of 2019 send 11
 * @param model 20 bytes, 30 in 2019
 * @param terminalId 7 bytes, 30 in 2019
 * @param iccid BCD[10]
 * @param satellites bits: 0 GPS, 1 BeiDou, 2 GLONASS, 3 Galileo
 * @param communication bits: 0 GPRS, 1 CDMA, 2 TD-SCDMA, 3 WCDMA, 4 CDMA2000, 5 TD-LTE, 7 other
 */
public record AttributeAnswer(
    int types,
    GbkText manufacturer,
    GbkText model,
    GbkText terminalId,
    Bytes iccid,
    GbkText hardwareVersion,
    GbkText firmwareVersion,
    int satellites,
    int communication)
    implements Jt808Message {
  public static final int ID = 0x0107;

  static final MessageCodec<AttributeAnswer> CODEC =
      MessageCodec.byLayout(
          ID,
          AttributeAnswer.class,
          AttributeAnswer::layout,
          AttributeAnswer::read,
          AttributeAnswer::write);

  @Override
  public int id() {
    return ID;
  }

  private static final int ICCID_BYTES = 10;

  /** Widths of manufacturer, model and terminal id. */
  private record Widths(int manufacturer, int model, int terminalId) {
    /** In the order in which they are tried. */
    private static final Widths[] SEEN = {
      new Widths(5, 20, 7), new Widths(5, 30, 30), new Widths(11, 30, 30), new Widths(11, 20, 7)
    };

    /** The widths with which both texts of variable length end where they should. */
    static Widths fitting(Bytes body, ProtocolVersion layout) {
      for (Widths widths : SEEN) {
        if (widths.fit(body)) {
          return widths;
        }
      }
      return of(layout);
    }

    static Widths of(ProtocolVersion layout) {
      return SEEN[layout.before2019() ? 0 : 1];
    }

    private boolean fit(Bytes body) {
      int hardware = 2 + manufacturer + model + terminalId + ICCID_BYTES;
      if (hardware >= body.length()) {
        return false;
      }
      int firmware = hardware + 1 + body.at(hardware);
      return firmware < body.length() && firmware + 1 + body.at(firmware) + 2 == body.length();
    }
  }

  /** Some terminals send the widths of 2013 under a header of 2019, or the other way round. */
  private static ProtocolVersion layout(Bytes body, ProtocolVersion version) {
    if (Widths.fitting(body, version).terminalId == Widths.of(ProtocolVersion.V2019).terminalId) {
      return ProtocolVersion.V2019;
    }
    return version.before2019() ? version : ProtocolVersion.V2013;
  }

  private static AttributeAnswer read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    Widths widths = Widths.fitting(in.ahead(), layout);
    return new AttributeAnswer(
        in.u16(),
        in.text(widths.manufacturer),
        in.text(widths.model),
        in.text(widths.terminalId),
        in.bytes(ICCID_BYTES),
        in.sizedText(),
        in.sizedText(),
        in.u8(),
        in.u8());
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    Widths widths = Widths.of(layout);
    out.u16(types);
    widened(manufacturer, widths.manufacturer, out);
    widened(model, widths.model, out);
    widened(terminalId, widths.terminalId, out);
    out.bytes(iccid, ICCID_BYTES).sizedText(hardwareVersion).sizedText(firmwareVersion);
    out.u8(satellites).u8(communication);
  }

  /** What a terminal sent in a wider field stays as wide. */
  private static void widened(GbkText text, int width, BodyWriter out) {
    out.text(text, Math.max(width, text.raw().length()));
  }
}
