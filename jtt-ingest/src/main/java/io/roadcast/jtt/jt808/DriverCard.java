package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * 0x0702, from the terminal: a driver's card was put in or taken out.
 *
 * @param status 1 put in, 2 taken out; 0 in 2011, which does not say
 * @param time when; {@link TerminalTime#NONE} in 2011
 * @param result of reading: 0 success, 1 not verified, 2 locked, 3 pulled out, 4 check failed; null
 *     if it was not sent
 * @param driver who; null if that was not sent
 */
public record DriverCard(
    int status, TerminalTime time, @Nullable Integer result, @Nullable Driver driver)
    implements Jt808Message {
  public static final int ID = 0x0702;

  static final MessageCodec<DriverCard> CODEC =
      MessageCodec.byLayout(
          ID, DriverCard.class, DriverCard::layout, DriverCard::read, DriverCard::write);

  private static final int TIME_END = 7;

  @Override
  public int id() {
    return ID;
  }

  /** The header does not tell 2011 from 2013. */
  private static ProtocolVersion layout(Bytes body, ProtocolVersion version) {
    boolean brief = body.length() <= TIME_END + 1;
    boolean fits = brief || Driver.fits(body.slice(TIME_END + 1, body.length() - TIME_END - 1));
    return !fits && Driver.fits2011(body) ? ProtocolVersion.V2011 : version;
  }

  private static DriverCard read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    if (layout == ProtocolVersion.V2011) {
      return new DriverCard(0, TerminalTime.NONE, null, Driver.read2011(in));
    }
    return new DriverCard(
        in.u8(), in.time(), in.isAtEnd() ? null : in.u8(), in.isAtEnd() ? null : Driver.read(in));
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    if (layout == ProtocolVersion.V2011) {
      if (driver != null) {
        driver.write2011(out);
      }
      return;
    }
    out.u8(status).time(time);
    if (result != null) {
      out.u8(result);
    }
    if (driver != null) {
      driver.write(out);
    }
  }
}
