package io.roadcast.signaling.whep;

import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server that viewers are told of (RFC 9725 section 4.6).
 *
 * @param url such as "turn:turn.example:3478?transport=udp"
 * @param username null where none is needed
 * @param credential null where none is needed
 */
public record IceServer(String url, @Nullable String username, @Nullable String credential) {
  public IceServer {
    if (!url.matches("(stun|stuns|turn|turns):[!-~&&[^<>\"]]+")) {
      throw new IllegalArgumentException("not the URL of a STUN or TURN server: " + url);
    }
  }

  /** As a value of the Link header (RFC 8288). */
  String link() {
    StringBuilder link = new StringBuilder("<").append(url).append(">; rel=\"ice-server\"");
    if (username != null) {
      link.append("; username=").append(quoted(username));
    }
    if (credential != null) {
      link.append("; credential=").append(quoted(credential));
      link.append("; credential-type=\"password\"");
    }
    return link.toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Override
  public String toString() {
    return url;
  }
}
