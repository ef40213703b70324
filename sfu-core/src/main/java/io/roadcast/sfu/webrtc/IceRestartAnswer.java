package io.roadcast.sfu.webrtc;

import java.util.ArrayList;
import java.util.List;

/** Our half of an ICE restart as a fragment of SDP (RFC 9725 section 4.3.3, RFC 8840 section 9). */
public final class IceRestartAnswer {
  private IceRestartAnswer() {}

  /**
   * The ICE lines of a session with other credentials: those of the first section that was
   * accepted, which the others are bundled with.
   *
   * @param answer of the session's beginning
   */
  public static String of(String answer, IceCredentials fresh) {
    List<String> head = new ArrayList<>(List.of("a=ice-lite"));
    List<String> candidates = new ArrayList<>();
    boolean accepted = false;
    for (String line : answer.lines().toList()) {
      boolean section = line.startsWith("m=");
      if (section && accepted) {
        break;
      }
      accepted |= section && !line.matches("m=\\S+ 0 .*");
      if (line.startsWith("a=group:BUNDLE")
          || (accepted && (section || line.startsWith("a=mid:")))) {
        head.add(line);
      } else if (accepted && line.startsWith("a=candidate:")) {
        candidates.add(line);
      }
    }
    head.add("a=ice-ufrag:" + fresh.ufrag());
    head.add("a=ice-pwd:" + fresh.password());
    head.addAll(candidates);
    head.add("a=end-of-candidates");
    return String.join("\r\n", head) + "\r\n";
  }
}
