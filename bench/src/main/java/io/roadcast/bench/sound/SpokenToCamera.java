package io.roadcast.bench.sound;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundFraming;
import io.roadcast.media.ffmpeg.SoundConversion;
import io.roadcast.media.ffmpeg.SoundTranscoder;
import io.roadcast.media.ffmpeg.TalkTranscoder;
import io.roadcast.sfu.transcode.CameraTalk;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transcode.Transcoders;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Speech in Opus into what a camera plays, in blocks of 40 ms.
 *
 * @param milliPerSecond processor time of decoding and encoding alone
 * @param delay from the last packet of a block being handed over until the block is back from the
 *     child process
 */
record SpokenToCamera(double milliPerSecond, ChildDelay delay) {
  private static final int BLOCK_MILLIS = 40;
  private static final long PACKET_MICROS = 20_000;
  private static final int BIT_RATE = 24_000;
  private static final double NANOS_PER_MILLI = 1e6;

  /** What came before the child was there and warm. */
  private static final long BEFORE_NANOS = 2_000_000_000L;

  static SpokenToCamera measure(SoundCoding coding, int seconds, int liveSeconds) {
    SoundFraming framing = coding.codec() == Codec.AAC ? SoundFraming.ADTS : SoundFraming.NONE;
    CameraSound camera = new CameraSound(coding, framing, BLOCK_MILLIS);
    List<byte[]> speech = speech(Math.max(seconds, liveSeconds + 3));
    convert(speech, camera);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    convert(speech, camera);
    double millis = (threads.getCurrentThreadCpuTime() - before) / NANOS_PER_MILLI;
    double spoken = speech.size() * PACKET_MICROS / 1e6;
    return new SpokenToCamera(millis / spoken, delay(speech, camera, liveSeconds));
  }

  /** Packets of 20 ms of two tones. */
  private static List<byte[]> speech(int seconds) {
    CodedSound alaw = CodedSound.of(SoundCoding.of(Codec.PCMA), seconds);
    List<byte[]> packets = new ArrayList<>();
    try (SoundTranscoder opus =
        new SoundTranscoder(SoundCoding.of(Codec.PCMA), Codec.OPUS, BIT_RATE, new Made(packets))) {
      for (int i = 0; i < alaw.frames().size(); i++) {
        opus.accept(ByteBuffer.wrap(alaw.frames().get(i)), i * alaw.frameMicros());
      }
    }
    return packets;
  }

  private static void convert(List<byte[]> speech, CameraSound camera) {
    try (TalkTranscoder transcoder =
        new TalkTranscoder(Codec.OPUS, camera, new Made(new ArrayList<>()))) {
      for (int i = 0; i < speech.size(); i++) {
        transcoder.accept(ByteBuffer.wrap(speech.get(i)), i * PACKET_MICROS);
      }
    }
  }

  private static ChildDelay delay(List<byte[]> speech, CameraSound camera, int seconds) {
    ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    long end = BEFORE_NANOS + seconds * 1_000_000_000L;
    AtomicLong handedOver = new AtomicLong(start);
    try (Transcoders transcoders = new Transcoders(TranscodeConfig.defaults());
        CameraTalk.Talker talker =
            new CameraTalk(transcoders)
                .begin(
                    Codec.OPUS,
                    camera,
                    (micros, body) -> {
                      long now = System.nanoTime();
                      if (now - start > BEFORE_NANOS) {
                        delays.add(now - handedOver.get());
                      }
                    })
                .orElseThrow()) {
      for (int i = 0; i < speech.size() && i * PACKET_MICROS * 1000 < end; i++) {
        long due = start + i * PACKET_MICROS * 1000;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        handedOver.set(System.nanoTime());
        talker.say(i * PACKET_MICROS, ByteBuffer.wrap(speech.get(i)));
      }
    }
    return ChildDelay.of(List.copyOf(delays));
  }

  /** Keeps what is made. */
  private record Made(List<byte[]> blocks) implements SoundConversion.Output {
    @Override
    public void block(long timeMicros, byte[] payload) {
      blocks.add(payload);
    }

    @Override
    public void damaged() {
      throw new IllegalStateException("a packet is damaged");
    }
  }
}
