package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.AudioVideoQuery;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.sfu.router.ExpectedSound;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What terminals say of their sound and pictures (0x9003, 0x1003). Each is asked once per
 * connection, when something is wanted of it for the first time, and a second time if it does not
 * answer the first: some never do. What it said holds until it says otherwise. Any thread.
 */
public final class TerminalFormats {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 2;

  /** Samples per second by their number in 0x1003. */
  private static final int[] SAMPLE_RATES = {8000, 22_050, 44_100, 48_000};

  private final Map<String, AudioVideoAttributes> known = new ConcurrentHashMap<>();

  /** The connection that a terminal was asked on last. */
  private final Map<String, Long> asked = new ConcurrentHashMap<>();

  /** What it has said of its sound. */
  public ExpectedSound sound(String terminal) {
    AudioVideoAttributes said = known.get(terminal);
    if (said == null) {
      return ExpectedSound.UNKNOWN;
    } else if (said.maxAudioChannels() == 0) {
      return ExpectedSound.NONE;
    }
    Codec codec = PayloadTypes.audioCodec(said.audioCodec());
    if (!PayloadTypes.audio(said.audioCodec()) || codec == Codec.OTHER_AUDIO) {
      return ExpectedSound.UNKNOWN;
    }
    return new ExpectedSound.Of(new AudioFormat(codec, sampleRate(codec, said.sampleRate()), 1));
  }

  /** G.711 is sampled 8000 times a second, whatever is said. */
  private static int sampleRate(Codec codec, int number) {
    boolean fixed = codec == Codec.PCMA || codec == Codec.PCMU || number >= SAMPLE_RATES.length;
    return fixed ? SAMPLE_RATES[0] : SAMPLE_RATES[number];
  }

  /** Whether sound may be expected of it: of one that has not said otherwise, yes. */
  boolean hasSound(String terminal) {
    return !(sound(terminal) instanceof ExpectedSound.None);
  }

  void askOnce(TerminalLink link) {
    Long before = asked.put(link.terminal(), link.epoch());
    if (before == null || before != link.epoch()) {
      ask(link, ATTEMPTS);
    }
  }

  private void ask(TerminalLink link, int attempts) {
    link.request(new AudioVideoQuery(), PATIENCE)
        .whenComplete((answer, failure) -> answered(link, attempts - 1, answer));
  }

  private void answered(TerminalLink link, int attemptsLeft, @Nullable Jt808Message answer) {
    if (answer instanceof AudioVideoAttributes attributes) {
      known.put(link.terminal(), attributes);
    } else if (attemptsLeft > 0) {
      ask(link, attemptsLeft);
    }
  }
}
