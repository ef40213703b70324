package io.roadcast.server;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is configured of terminals' sound. */
final class KnownSounds {
  private static final int ANY_CHANNEL = 1;

  private final Map<String, SoundCoding> byTerminal = new HashMap<>();

  /**
   * @param entries such as {@code 13912345678=g726-24-le}
   * @throws StartException if one is none
   */
  KnownSounds(List<String> entries) throws StartException {
    for (String entry : entries) {
      String[] sides = entry.split("=", -1);
      try {
        if (sides.length != 2) {
          throw new IllegalArgumentException("expected is TERMINAL=SOUND");
        }
        StreamId any = StreamId.ofTerminal(sides[0].strip(), ANY_CHANNEL, Quality.MAIN);
        byTerminal.put(any.terminal(), SoundCoding.parse(sides[1]));
      } catch (IllegalArgumentException unfit) {
        throw new StartException(
            "transcode.sounds has \"" + entry + "\": " + unfit.getMessage(), unfit);
      }
    }
  }

  Optional<SoundCoding> of(StreamId stream) {
    return stream.ofTerminal()
        ? Optional.ofNullable(byTerminal.get(stream.terminal()))
        : Optional.empty();
  }

  /**
   * The codec of a terminal's sound, whatever its packets say.
   *
   * @param terminal digits that its streams are named by
   */
  Optional<Codec> codecOf(String terminal) {
    return of(StreamId.ofTerminal(terminal, ANY_CHANNEL, Quality.MAIN)).map(SoundCoding::codec);
  }
}
