package io.roadcast.signaling;

import io.roadcast.signaling.http.PageSettings;
import io.roadcast.signaling.whep.IceServer;
import io.roadcast.signaling.whep.TurnConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param bindAddress name or address to listen on; "0.0.0.0" for all of IPv4, "::" for all
 * @param httpPort 0 for any free one, {@link #OFF} for none
 * @param httpsPort 0 for any free one, {@link #OFF} for none
 * @param openAccess whether everybody may do everything; only on a loopback address
 * @param dataDirectory where tokens and the certificate are kept
 * @param certificate PEM chain for HTTPS; null for one made by the server itself
 * @param privateKey PEM key of the certificate, null exactly if that is
 * @param iceServers told to viewers as they are
 * @param turn told to viewers with user names made for them
 * @param allowedOrigins whose pages may use this server, "*" for all; with open access only pages
 *     of this machine may, whatever is listed
 */
public record SignalingConfig(
    String bindAddress,
    int httpPort,
    int httpsPort,
    boolean openAccess,
    Path dataDirectory,
    @Nullable Path certificate,
    @Nullable Path privateKey,
    List<IceServer> iceServers,
    TurnConfig turn,
    List<String> allowedOrigins,
    SignalingLimits limits,
    PageSettings page) {
  /** No such port. */
  public static final int OFF = -1;

  public SignalingConfig {
    iceServers = List.copyOf(iceServers);
    allowedOrigins = List.copyOf(allowedOrigins);
    if (httpPort == OFF && httpsPort == OFF) {
      throw new IllegalArgumentException("HTTP and HTTPS are both off");
    }
    if ((certificate == null) != (privateKey == null)) {
      throw new IllegalArgumentException("a certificate needs its private key, and vice versa");
    }
    if (openAccess && !isLoopback(bindAddress)) {
      throw new IllegalArgumentException(
          "open access is possible on a loopback address only, not on " + bindAddress);
    }
  }

  /** All interfaces, ports 8080 and 8443, tokens, a certificate of its own. */
  public static SignalingConfig defaults(Path dataDirectory) {
    return new SignalingConfig(
        "0.0.0.0",
        8080,
        8443,
        false,
        dataDirectory,
        null,
        null,
        List.of(),
        TurnConfig.NONE,
        List.of("*"),
        SignalingLimits.defaults(),
        PageSettings.defaults());
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
