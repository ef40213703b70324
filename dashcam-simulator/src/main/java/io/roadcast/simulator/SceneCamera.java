package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.simulator.picture.DashcamPicture;
import java.time.Instant;

/**
 * Draws and encodes one scene in real time on a thread of its own, for all channels that show it;
 * rests while none does. Who joins gets a keyframe at once, as from a camera that is asked.
 */
final class SceneCamera implements Runnable {
  /** Behind by more than this, pictures are left out instead of being made late. */
  private static final long LATEST_MILLIS = 500;

  private final Source.Drawn source;
  private final int scene;
  private final StreamTime time;
  private final Outlet outlet;

  SceneCamera(Source.Drawn source, int scene, StreamTime time, Outlet outlet) {
    this.source = source;
    this.scene = scene;
    this.time = time;
    this.outlet = outlet;
  }

  @Override
  public void run() {
    DashcamPicture picture = new DashcamPicture(source.width(), source.height(), scene);
    I420Picture planes = new I420Picture(source.width(), source.height());
    try (SceneEncoder encoder = SceneEncoder.of(source, this::send)) {
      long tick = -1;
      long counter = 0;
      while (true) {
        outlet.awaitPlace();
        if (tick < 0 || time.nowMillis() - millis(tick) > LATEST_MILLIS) {
          tick = ticks(time.nowMillis()) + 1;
        }
        if (!time.sleepUntil(millis(tick))) {
          return;
        }
        planes.setRgb(picture.draw(counter, millis(tick), Instant.now()));
        boolean asked = outlet.takeNewcomer();
        encoder.encode(planes, asked ? PictureKind.KEYFRAME : PictureKind.PREDICTED, millis(tick));
        counter++;
        tick++;
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(EncodedPicture picture, long millis) {
    PacketType type = picture.keyframe() ? PacketType.I_FRAME : PacketType.P_FRAME;
    int payloadType = source.coding().codec() == Codec.H265 ? PayloadTypes.H265 : PayloadTypes.H264;
    outlet.offer(new Item.Frame(type, payloadType, time.timestamp(millis), picture.annexB()));
  }

  private long millis(long tick) {
    return tick * 1000 / source.frameRate();
  }

  private long ticks(long millis) {
    return millis * source.frameRate() / 1000;
  }
}
