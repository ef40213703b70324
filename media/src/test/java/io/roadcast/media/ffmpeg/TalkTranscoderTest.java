package io.roadcast.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.Captures;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import io.roadcast.media.audio.G711;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundDecoder;
import io.roadcast.media.audio.SoundFraming;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser says, as a camera gets it; FFmpeg's decoders say what it would play. */
@Timeout(60)
class TalkTranscoderTest {
  private static final long TALK_MICROS = 5_000_000;
  private static final int PACKET_MILLIS = 20;

  @ParameterizedTest
  @CsvSource({
    "OPUS, pcma, NONE, 40, 320",
    "OPUS, pcmu, NONE, 20, 160",
    "PCMU, pcma, HISILICON, 40, 324",
    "OPUS, g726-16, NONE, 40, 80",
    "OPUS, g726-24, NONE, 40, 120",
    "PCMA, g726-24-be, NONE, 40, 120",
    "OPUS, g726-32, HISILICON, 40, 164",
    "PCMA, g726-40, NONE, 100, 500",
    "OPUS, adpcm, HISILICON, 40, 168",
    "PCMA, adpcm, NONE, 40, 164",
    "OPUS, aac-8000, ADTS, 40, 0",
    "OPUS, aac-16000, ADTS, 40, 0",
    "PCMU, aac-16000, NONE, 40, 0",
  })
  void aToneIsPlayedWhenItWasSpoken(
      Codec talker, String coding, SoundFraming framing, int blockMillis, int blockBytes) {
    CameraSound wanted = new CameraSound(SoundCoding.parse(coding), framing, blockMillis);
    Camera camera = new Camera(wanted);
    try (TalkTranscoder transcoder = new TalkTranscoder(talker, wanted, camera)) {
      try (BlockEncoder browser = BlockEncoder.of(talker, 48_000, 24_000)) {
        int count = browser.sampleRate() * PACKET_MILLIS / 1000;
        for (int i = 0; i < 2000 / PACKET_MILLIS; i++) {
          byte[] packet =
              browser.encode(HeardTone.said((long) i * count, count, browser.sampleRate()));
          transcoder.accept(
              ByteBuffer.wrap(packet),
              TALK_MICROS + i * PACKET_MILLIS * 1000L - browser.delayMicros());
        }
      }
    }
    if (blockBytes > 0) {
      assertThat(camera.bodies).allMatch(body -> body.length == blockBytes);
      assertThat(camera.bodies).hasSizeBetween(2000 / blockMillis - 1, 2000 / blockMillis);
    }
    camera.heard.assertHeard();
  }

  @Test
  void blocksLookAsThoseThatACameraSends() {
    List<byte[]> sent =
        Captures.frames("h264_adpcm_hisi_1s_sim6.bin").stream()
            .filter(Captures.CapturedFrame::audio)
            .map(Captures.CapturedFrame::body)
            .toList();
    List<byte[]> bodies =
        say(CameraSound.ofFrames(SoundCoding.of(Codec.ADPCM), SoundFraming.HISILICON, 168));
    assertThat(bodies).hasSizeGreaterThan(20);
    for (byte[] body : bodies) {
      assertThat(body).hasSameSizeAs(sent.getFirst());
      assertThat(body).startsWith(Arrays.copyOf(sent.getFirst(), 4));
      assertThat(body[6]).isBetween((byte) 0, (byte) 88);
      assertThat(body[7]).isZero();
    }
    List<byte[]> alaw =
        Captures.frames("SYNTHETIC_h264_g711a_4s_sim6.bin").stream()
            .filter(Captures.CapturedFrame::audio)
            .map(Captures.CapturedFrame::body)
            .toList();
    assertThat(say(CameraSound.ofFrames(SoundCoding.of(Codec.PCMA), SoundFraming.NONE, 160)))
        .allMatch(body -> body.length == alaw.getFirst().length);
  }

  /** A second of A-law becomes this. */
  private static List<byte[]> say(CameraSound wanted) {
    Camera camera = new Camera(wanted);
    try (TalkTranscoder transcoder = new TalkTranscoder(Codec.PCMA, wanted, camera)) {
      for (int i = 0; i < 50; i++) {
        transcoder.accept(alaw(8000), TALK_MICROS + i * 20_000L);
      }
    }
    return camera.bodies;
  }

  private static ByteBuffer alaw(int level) {
    byte[] packet = new byte[160];
    Arrays.fill(packet, G711.A_LAW.encode(level));
    return ByteBuffer.wrap(packet);
  }

  @Test
  void aShortLossIsSilenceAndALateCopyIsLeftOut() {
    Camera camera = new Camera(new CameraSound(SoundCoding.parse("pcma"), SoundFraming.NONE, 40));
    try (TalkTranscoder transcoder = new TalkTranscoder(Codec.PCMA, camera.wanted, camera)) {
      transcoder.accept(alaw(8000), TALK_MICROS);
      transcoder.accept(alaw(8000), TALK_MICROS + 60_000);
      transcoder.accept(alaw(4000), TALK_MICROS + 20_000);
      transcoder.accept(alaw(4000), TALK_MICROS + 60_000);
    }
    assertThat(camera.times).containsExactly(TALK_MICROS, TALK_MICROS + 40_000);
    assertThat(camera.heard.between(0, 20))
        .containsOnly(G711.A_LAW.decode(G711.A_LAW.encode(8000)));
    assertThat(loudest(camera.heard.between(20, 60))).isLessThan(16);
    assertThat(camera.heard.between(60, 80))
        .containsOnly(G711.A_LAW.decode(G711.A_LAW.encode(8000)));
  }

  @Test
  void aPauseEndsTheBlockAndTimeGoesOn() {
    Camera camera = new Camera(new CameraSound(SoundCoding.parse("pcma"), SoundFraming.NONE, 40));
    try (TalkTranscoder transcoder = new TalkTranscoder(Codec.PCMA, camera.wanted, camera)) {
      transcoder.accept(alaw(8000), TALK_MICROS);
      transcoder.accept(alaw(8000), TALK_MICROS + 900_000);
      transcoder.accept(alaw(8000), TALK_MICROS + 920_000);
    }
    assertThat(camera.times).containsExactly(TALK_MICROS, TALK_MICROS + 900_000);
    assertThat(loudest(camera.heard.between(20, 40))).isLessThan(16);
  }

  private static int loudest(short[] samples) {
    int most = 0;
    for (short sample : samples) {
      most = Math.max(most, Math.abs(sample));
    }
    return most;
  }

  @Test
  void garbageIsCountedAndEndsNothing() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    Camera camera = new Camera(new CameraSound(SoundCoding.parse("pcma"), SoundFraming.NONE, 40));
    try (TalkTranscoder transcoder = new TalkTranscoder(Codec.OPUS, camera.wanted, camera)) {
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(1, 600)];
        random.nextBytes(garbage);
        transcoder.accept(ByteBuffer.wrap(garbage), TALK_MICROS + i * 20_000L);
      }
    }
    assertThat(camera.bodies.size() + camera.heard.damaged()).isPositive();
  }

  @Test
  void refusesWhatNobodySpeaks() {
    CameraSound wanted = new CameraSound(SoundCoding.parse("pcma"), SoundFraming.NONE, 40);
    assertThatThrownBy(() -> new TalkTranscoder(Codec.AMR, wanted, new Camera(wanted)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Plays what it gets with a decoder of FFmpeg, each block when its time says. */
  private static final class Camera implements SoundConversion.Output {
    private final CameraSound wanted;
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final SoundDecoder decoder;
    private final int rate;
    private final HeardTone heard;

    Camera(CameraSound wanted) {
      this.wanted = wanted;
      SoundCoding coding = wanted.coding();
      rate = coding.sampleRate() == 0 ? 8000 : coding.sampleRate();
      heard = new HeardTone(rate, TALK_MICROS);
      boolean highFirst = coding.packing() == SoundCoding.Packing.HIGH_FIRST;
      decoder =
          switch (coding.codec()) {
            case PCMA -> ffmpeg("pcm_alaw", 0);
            case PCMU -> ffmpeg("pcm_mulaw", 0);
            case G726 -> ffmpeg(highFirst ? "g726" : "g726le", coding.bits());
            case ADPCM -> ffmpeg("adpcm_ima_amv", 4);
            default ->
                wanted.framing() == SoundFraming.ADTS ? ffmpeg("aac", 0) : SoundDecoders.of(coding);
          };
    }

    private SoundDecoder ffmpeg(String name, int bits) {
      return new FfmpegSoundDecoder(name, name.equals("aac") ? 0 : rate, bits, new byte[0]);
    }

    @Override
    public void block(long timeMicros, byte[] body) {
      bodies.add(body);
      times.add(timeMicros);
      ByteBuffer coded = ByteBuffer.wrap(body);
      if (wanted.framing() == SoundFraming.HISILICON) {
        assertThat(body[0]).isZero();
        assertThat(body[1]).isEqualTo((byte) 1);
        assertThat(2 * (body[2] & 0xff)).isEqualTo(body.length - 4);
        assertThat(body[3]).isZero();
        coded.position(4);
      }
      if (wanted.coding().codec() == Codec.ADPCM) {
        coded = asAmv(coded.slice());
      }
      decoder.decode(coded, timeMicros, heard.block(timeMicros));
    }

    /** The same state and the same nibbles, but AMV says between them how many there are. */
    private static ByteBuffer asAmv(ByteBuffer block) {
      int samples = 2 * (block.remaining() - 4);
      return ByteBuffer.allocate(block.remaining() + 4)
          .put(block.slice(0, 4))
          .putInt(Integer.reverseBytes(samples))
          .put(block.slice(4, block.remaining() - 4))
          .flip();
    }

    @Override
    public void damaged() {
      heard.damage();
    }
  }
}
