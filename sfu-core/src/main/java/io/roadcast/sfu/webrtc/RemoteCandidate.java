package io.roadcast.sfu.webrtc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that a client told of itself (RFC 8839 section 5.1). A lite agent needs none; it only
 * says what sort of address a viewer is seen under.
 *
 * @param type host, srflx, prflx or relay, in small letters
 * @param address as it was written: an address, or a name that nobody is to look up
 * @param port 0 to 65535
 */
public record RemoteCandidate(String type, String address, int port) {
  private static final int FIELDS = 8;
  private static final int ADDRESS = 4;
  private static final int PORT = 5;
  private static final int TYP = 6;
  private static final int TYPE = 7;
  private static final int MAX_PORT = 65_535;

  /** The value of a {@code candidate} attribute; null if it is none. */
  static @Nullable RemoteCandidate parse(String value) {
    String[] fields = value.strip().split(" +", FIELDS + 1);
    if (fields.length < FIELDS
        || !fields[TYP].equals("typ")
        || !fields[PORT].matches("[0-9]{1,5}")) {
      return null;
    }
    int port = Integer.parseInt(fields[PORT]);
    return port > MAX_PORT
        ? null
        : new RemoteCandidate(fields[TYPE].toLowerCase(Locale.ROOT), fields[ADDRESS], port);
  }

  public boolean isRelay() {
    return type.equals("relay");
  }
}
