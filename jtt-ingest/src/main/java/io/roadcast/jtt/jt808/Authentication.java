package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * 0x0102, from the terminal: shows the code that it got when it registered.
 *
 * @param imei 15 bytes; null before 2019
 * @param softwareVersion 20 bytes; null before 2019
 */
public record Authentication(
    GbkText code, @Nullable GbkText imei, @Nullable GbkText softwareVersion)
    implements Jt808Message {
  public static final int ID = 0x0102;

  static final MessageCodec<Authentication> CODEC =
      MessageCodec.byLayout(
          ID,
          Authentication.class,
          Authentication::layout,
          Authentication::read,
          Authentication::write);

  private static final int IMEI_BYTES = 15;
  private static final int SOFTWARE_VERSION_BYTES = 20;

  /** The whole body of an edition before 2019. */
  public Authentication(GbkText code) {
    this(code, null, null);
  }

  @Override
  public int id() {
    return ID;
  }

  /** Some terminals send the body of 2013 under a header of 2019. */
  private static ProtocolVersion layout(Bytes body, ProtocolVersion version) {
    if (version.before2019()) {
      return version;
    }
    int expected = IMEI_BYTES + SOFTWARE_VERSION_BYTES + 1;
    return !body.isEmpty() && body.length() == body.at(0) + expected
        ? version
        : ProtocolVersion.V2013;
  }

  private static Authentication read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    return layout.before2019()
        ? new Authentication(in.restText())
        : new Authentication(in.sizedText(), in.text(IMEI_BYTES), in.text(SOFTWARE_VERSION_BYTES));
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    if (layout.before2019()) {
      out.text(code);
    } else {
      out.sizedText(code).text(orEmpty(imei), IMEI_BYTES);
      out.text(orEmpty(softwareVersion), SOFTWARE_VERSION_BYTES);
    }
  }

  private static GbkText orEmpty(@Nullable GbkText text) {
    return text == null ? GbkText.EMPTY : text;
  }
}
