package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.G711;

/** Makes blocks of sound in real time; a block leaves when its last sample was heard. */
final class Microphone implements Runnable {
  private static final long LATEST_MILLIS = 500;

  private final Codec codec;
  private final int blockMillis;
  private final StreamTime time;
  private final Outlet outlet;

  Microphone(Codec codec, int blockMillis, StreamTime time, Outlet outlet) {
    this.codec = codec;
    this.blockMillis = blockMillis;
    this.time = time;
    this.outlet = outlet;
  }

  @Override
  public void run() {
    EngineSound sound = new EngineSound(codec == Codec.PCMA ? G711.A_LAW : G711.MU_LAW);
    int payloadType = PayloadTypes.of(codec);
    long block = time.nowMillis() / blockMillis + 1;
    while (time.sleepUntil((block + 1) * blockMillis)) {
      long from = block * blockMillis;
      outlet.offer(
          new Item.Frame(
              PacketType.AUDIO, payloadType, time.timestamp(from), sound.block(from, blockMillis)));
      block++;
      if (time.nowMillis() - (block + 1) * blockMillis > LATEST_MILLIS) {
        block = time.nowMillis() / blockMillis;
      }
    }
  }
}
