package io.roadcast.sfu.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ICE lines of a description, or of a fragment of one ({@code application/trickle-ice-sdpfrag},
 * RFC 8840 section 9). Lines that are not understood are passed over.
 *
 * @param credentials the first fragment and password that are named
 * @param candidates the first 64
 */
public record IceFragment(Optional<IceCredentials> credentials, List<RemoteCandidate> candidates) {
  private static final int MAX_CANDIDATES = 64;
  private static final String UFRAG = "a=ice-ufrag:";
  private static final String PASSWORD = "a=ice-pwd:";
  private static final String CANDIDATE = "a=candidate:";

  public IceFragment {
    candidates = List.copyOf(candidates);
  }

  /** Reads anything. */
  public static IceFragment parse(String text) {
    List<RemoteCandidate> candidates = new ArrayList<>();
    text.lines()
        .filter(line -> line.startsWith(CANDIDATE))
        .limit(MAX_CANDIDATES)
        .forEach(
            line -> {
              RemoteCandidate candidate = RemoteCandidate.parse(line.substring(CANDIDATE.length()));
              if (candidate != null) {
                candidates.add(candidate);
              }
            });
    return new IceFragment(
        Optional.ofNullable(credentials(first(text, UFRAG), first(text, PASSWORD))), candidates);
  }

  /**
   * The same for what asks for an ICE restart.
   *
   * @throws SdpException if there are no credentials in it
   */
  public static IceFragment ofRestart(String text) throws SdpException {
    IceFragment fragment = parse(text);
    if (fragment.credentials().isEmpty()) {
      throw new SdpException("an ICE restart needs a=ice-ufrag and a=ice-pwd");
    }
    return fragment;
  }

  private static @Nullable IceCredentials credentials(String ufrag, String password) {
    try {
      return new IceCredentials(ufrag, password);
    } catch (IllegalArgumentException notByTheGrammar) {
      return null;
    }
  }

  private static String first(String text, String attribute) {
    return text.lines()
        .filter(line -> line.startsWith(attribute))
        .findFirst()
        .map(line -> line.substring(attribute.length()).strip())
        .orElse("");
  }
}
