package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundFraming;
import io.roadcast.media.ffmpeg.SoundEncoder;
import io.roadcast.media.ffmpeg.SoundEncoders;

/** Makes blocks of sound in real time; a block leaves when its last sample was heard. */
final class Microphone implements Runnable {
  private static final long LATEST_MILLIS = 500;
  private static final long MILLIS = 1000;

  private final SoundCoding coding;
  private final Sound sound;
  private final StreamTime time;
  private final Outlet outlet;

  /**
   * @param coding of {@code sound}
   */
  Microphone(SoundCoding coding, Sound sound, StreamTime time, Outlet outlet) {
    this.coding = coding;
    this.sound = sound;
    this.time = time;
    this.outlet = outlet;
  }

  @Override
  public void run() {
    try (SoundEncoder encoder = SoundEncoders.of(coding, sound.blockMillis())) {
      run(encoder);
    }
  }

  private void run(SoundEncoder encoder) {
    int rate = encoder.sampleRate();
    int block = encoder.blockSamples();
    Codec stated = sound.codec();
    SoundFraming header = sound.header();
    int payloadType = PayloadTypes.of(stated == null ? coding.codec() : stated);
    // Where the encoder's first sample lies on the timeline; later if we fell behind.
    long origin = (time.nowMillis() * rate / MILLIS / block + 1) * block;
    long next = origin;
    while (time.sleepUntil((next + block) * MILLIS / rate)) {
      for (SoundEncoder.Coded coded : encoder.encode(EngineSound.samples(next, block, rate))) {
        long stamp = time.timestamp((origin + coded.firstSample()) * MILLIS / rate);
        outlet.offer(
            new Item.Frame(
                PacketType.AUDIO, payloadType, stamp, header.around(coded.bytes(), rate)));
      }
      next += block;
      long behind = time.nowMillis() * rate / MILLIS - next;
      if (behind > LATEST_MILLIS * rate / MILLIS) {
        long skipped = behind / block * block;
        origin += skipped;
        next += skipped;
      }
    }
  }
}
