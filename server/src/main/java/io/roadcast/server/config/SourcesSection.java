package io.roadcast.server.config;

import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.whep.RemoteStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Streams of other servers that are brought here. */
public record SourcesSection(List<String> whep, Secret tokens) {
  private static final int MAX_STREAMS = 500;

  public SourcesSection {
    whep = List.copyOf(whep);
    if (whep.size() > MAX_STREAMS) {
      throw new IllegalArgumentException("whep has more than " + MAX_STREAMS + " streams");
    }
    remotes(whep, tokens);
  }

  /** The streams, each with its token. */
  public List<RemoteStream> remotes() {
    return remotes(whep, tokens);
  }

  /**
   * @throws IllegalArgumentException if an entry is none, or two have one name
   */
  private static List<RemoteStream> remotes(List<String> entries, Secret secret) {
    Map<String, String> tokens = tokens(secret.reveal());
    List<RemoteStream> remotes = new ArrayList<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("whep has \"" + entry + "\": expected is NAME=ADDRESS");
      }
      String name = entry.substring(0, equals).strip();
      String token = tokens.remove(name);
      remotes.add(
          new RemoteStream(
              StreamId.parse(name, Quality.MAIN),
              URI.create(entry.substring(equals + 1).strip()),
              token == null ? "" : token));
    }
    if (remotes.stream().map(RemoteStream::id).distinct().count() < remotes.size()) {
      throw new IllegalArgumentException("whep has two streams of one name");
    }
    if (!tokens.isEmpty()) {
      throw new IllegalArgumentException("tokens has a name that whep has not");
    }
    return List.copyOf(remotes);
  }

  private static Map<String, String> tokens(String pairs) {
    Map<String, String> tokens = new HashMap<>();
    for (String pair : pairs.isBlank() ? new String[0] : pairs.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("tokens are written NAME=TOKEN,NAME=TOKEN");
      }
      tokens.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return tokens;
  }
}
