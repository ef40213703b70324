package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * What a driver's card says.
 *
 * @param certificate of professional competence, 20 bytes, 40 in 2011
 * @param issuer of the certificate
 * @param expiry BCD[4] YYYYMMDD; null in 2011
 * @param idNumber 20 bytes, in 2011 and 2019; some terminals send it with other headers; else null
 */
public record Driver(
    GbkText name,
    GbkText certificate,
    GbkText issuer,
    @Nullable Bytes expiry,
    @Nullable GbkText idNumber) {
  private static final int CERTIFICATE_BYTES = 20;
  private static final int CERTIFICATE_BYTES_2011 = 40;
  private static final int EXPIRY_BYTES = 4;
  private static final int ID_BYTES = 20;

  static Driver read(BodyReader in) throws MalformedMessageException {
    return new Driver(
        in.sizedText(),
        in.text(CERTIFICATE_BYTES),
        in.sizedText(),
        in.bytes(EXPIRY_BYTES),
        in.remaining() < ID_BYTES ? null : in.text(ID_BYTES));
  }

  static Driver read2011(BodyReader in) throws MalformedMessageException {
    GbkText name = in.sizedText();
    GbkText idNumber = in.text(ID_BYTES);
    return new Driver(name, in.text(CERTIFICATE_BYTES_2011), in.sizedText(), null, idNumber);
  }

  /** Whether the bytes are exactly one of these, with or without the id number. */
  static boolean fits(Bytes card) {
    int end = endOfIssuer(card, CERTIFICATE_BYTES);
    return end >= 0
        && (card.length() == end + EXPIRY_BYTES || card.length() == end + EXPIRY_BYTES + ID_BYTES);
  }

  static boolean fits2011(Bytes card) {
    return card.length() == endOfIssuer(card, ID_BYTES + CERTIFICATE_BYTES_2011);
  }

  /** Negative if it lies outside. */
  private static int endOfIssuer(Bytes card, int betweenNameAndIssuer) {
    if (card.isEmpty()) {
      return -1;
    }
    int issuer = 1 + card.at(0) + betweenNameAndIssuer;
    return issuer < card.length() ? issuer + 1 + card.at(issuer) : -1;
  }

  void write(BodyWriter out) {
    out.sizedText(name).text(certificate, CERTIFICATE_BYTES).sizedText(issuer);
    out.bytes(expiry == null ? Bytes.EMPTY : expiry, EXPIRY_BYTES);
    if (idNumber != null) {
      out.text(idNumber, ID_BYTES);
    }
  }

  void write2011(BodyWriter out) {
    out.sizedText(name).text(idNumber == null ? GbkText.EMPTY : idNumber, ID_BYTES);
    out.text(certificate, CERTIFICATE_BYTES_2011).sizedText(issuer);
  }
}
