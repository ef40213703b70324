package io.roadcast.jtt.jt808;

/**
 * 0x8108, to the terminal: new software for it or for what is connected to it.
 *
 * @param target 0 the terminal, 12 IC card reader, 52 satellite receiver, 0x64-0x67 safety
 *     peripherals
 * @param manufacturer 5 bytes, also seen with 11
 */
public record UpgradePackage(int target, GbkText manufacturer, GbkText version, Bytes data)
    implements Jt808Message {
  public static final int ID = 0x8108;

  static final MessageCodec<UpgradePackage> CODEC =
      MessageCodec.of(ID, UpgradePackage.class, UpgradePackage::read, UpgradePackage::write);

  @Override
  public int id() {
    return ID;
  }

  private static final int MANUFACTURER_BYTES = 5;
  private static final int WIDE_MANUFACTURER_BYTES = 11;

  private static UpgradePackage read(BodyReader in) throws MalformedMessageException {
    int width =
        fits(in.ahead(), WIDE_MANUFACTURER_BYTES) ? WIDE_MANUFACTURER_BYTES : MANUFACTURER_BYTES;
    return new UpgradePackage(in.u8(), in.text(width), in.sizedText(), data(in));
  }

  private static Bytes data(BodyReader in) throws MalformedMessageException {
    long length = in.u32();
    if (length != in.remaining()) {
      throw new MalformedMessageException(
          BodyFault.CONTRADICTORY_LENGTHS, length + " announced, " + in.remaining() + " there");
    }
    return in.rest();
  }

  private static boolean fits(Bytes body, int manufacturer) {
    int version = 1 + manufacturer;
    if (version >= body.length()) {
      return false;
    }
    int length = version + 1 + body.at(version);
    int data = length + 4;
    if (data > body.length()) {
      return false;
    }
    long announced =
        (long) body.at(length) << 24
            | body.at(length + 1) << 16
            | body.at(length + 2) << 8
            | body.at(length + 3);
    return announced == body.length() - data;
  }

  private void write(BodyWriter out) {
    int width = Math.max(MANUFACTURER_BYTES, manufacturer.raw().length());
    out.u8(target).text(manufacturer, width).sizedText(version).u32(data.length()).bytes(data);
  }
}
