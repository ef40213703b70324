package io.roadcast.sfu.whep;

import io.roadcast.sfu.router.StreamId;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A stream of another server.
 *
 * @param id what it is called here; not a terminal's
 * @param endpoint where it is watched by WHEP, http or https
 * @param token shown there; empty if none is asked for. {@code toString} hides it
 */
public record RemoteStream(StreamId id, URI endpoint, String token) {
  private static final Pattern TOKEN = Pattern.compile("[!-~]*");

  public RemoteStream {
    if (id.ofTerminal()) {
      throw new IllegalArgumentException(
          id + " is a terminal's: the name of another source holds a letter outside of hex");
    }
    String scheme = endpoint.getScheme();
    boolean web = "http".equals(scheme) || "https".equals(scheme);
    if (!web || endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "expected is where "
              + id
              + " is watched, such as https://other.example/whep/13912345678-1");
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("the token of " + id + " has characters that none has");
    }
  }

  @Override
  public String toString() {
    return id + " of " + endpoint;
  }
}
