package io.roadcast.sfu.webrtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that a peer told of itself (RFC 8839 section 5.1). A lite agent needs none: of a
 * viewer it only says what sort of address it is seen under. A full agent tries them.
 *
 * @param transport udp or tcp, in small letters
 * @param priority 0 to 2^32 - 1
 * @param type host, srflx, prflx or relay, in small letters
 * @param address as it was written: an address, or a name that nobody is to look up
 * @param port 0 to 65535
 */
public record RemoteCandidate(
    String foundation, String transport, long priority, String type, String address, int port) {
  private static final int FIELDS = 8;
  private static final int FOUNDATION = 0;
  private static final int TRANSPORT = 2;
  private static final int PRIORITY = 3;
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
        || !fields[PRIORITY].matches("[0-9]{1,10}")
        || !fields[PORT].matches("[0-9]{1,5}")) {
      return null;
    }
    int port = Integer.parseInt(fields[PORT]);
    return port > MAX_PORT
        ? null
        : new RemoteCandidate(
            fields[FOUNDATION],
            fields[TRANSPORT].toLowerCase(Locale.ROOT),
            Long.parseLong(fields[PRIORITY]),
            fields[TYPE].toLowerCase(Locale.ROOT),
            fields[ADDRESS],
            port);
  }

  public boolean isRelay() {
    return type.equals("relay");
  }

  /** Where it is; empty for a name, which is not looked up. */
  Optional<InetSocketAddress> socketAddress() {
    try {
      return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }
}
