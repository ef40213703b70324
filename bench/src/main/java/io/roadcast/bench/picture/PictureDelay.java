package io.roadcast.bench.picture;

import io.roadcast.media.VideoFrame;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import io.roadcast.sfu.transcode.PictureProfile;
import io.roadcast.sfu.transcode.TranscodeConfig;
import io.roadcast.sfu.transcode.TranscodedPictures;
import io.roadcast.sfu.transcode.Transcoders;
import io.roadcast.sfu.udp.DelayHistogram;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Pictures in real time through a child process: from the moment one is handed to its stream until
 * what was made of it is back.
 *
 * @param medianMillis the bound of the bucket that it is in
 * @param highMillis likewise, of 95 of 100
 * @param averageMillis of all
 * @param childSeconds of processor that the child used for each second, its start included
 */
record PictureDelay(
    double medianMillis, double highMillis, double averageMillis, double childSeconds) {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final RouterConfig ROUTING = new RouterConfig(1, Duration.ZERO, 16 << 20, 1000);
  private static final double NANOS_PER_MILLI = 1e6;

  /** So many are there before anybody watches: whether there are B frames is known by then. */
  private static final int BEFORE = 12;

  static PictureDelay of(CodedPictures pictures, PictureProfile profile) throws Exception {
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
    try (Router router = new Router(ROUTING, pool);
        Transcoders transcoders =
            new Transcoders(new TranscodeConfig(1, 1, 24_000, Duration.ZERO))) {
      TranscodedPictures renditions =
          new TranscodedPictures(transcoders, List.of(profile), router, ROUTING, pool);
      Publication publication = router.publish(ID, new Camera());
      for (int i = 0; i < BEFORE; i++) {
        publication.video(frame(pictures, i));
      }
      try (PictureRenditions.Lease lease =
          renditions.take(publication.stream(), profile.name()).orElseThrow()) {
        feed(publication, pictures);
        DelayHistogram.Snapshot delays = renditions.delays();
        if (delays.count() == 0 || lease.stream().video() == null) {
          throw new IllegalStateException("nothing came back");
        }
        double seconds = (double) pictures.units().size() / CodedPictures.FRAME_RATE;
        return new PictureDelay(
            delays.percentileNanos(0.5) / NANOS_PER_MILLI,
            delays.percentileNanos(0.95) / NANOS_PER_MILLI,
            delays.sumNanos() / NANOS_PER_MILLI / delays.count(),
            transcoders.statistics().cpu().toMillis() / 1000.0 / seconds);
      }
    }
  }

  private static void feed(Publication publication, CodedPictures pictures) throws Exception {
    long start = System.nanoTime();
    for (int i = BEFORE; i < pictures.units().size(); i++) {
      long due = start + (i - BEFORE) * CodedPictures.FRAME_MICROS * 1000;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      publication.video(frame(pictures, i));
    }
  }

  private static VideoFrame frame(CodedPictures pictures, int index) {
    CodedPictures.Unit unit = pictures.units().get(index);
    return new VideoFrame(
        pictures.codec(),
        unit.nalUnits(),
        unit.keyframe(),
        index * CodedPictures.FRAME_MICROS,
        System.nanoTime());
  }

  private static final class Camera implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("bench", "none", "nowhere");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {
      // Nobody else publishes.
    }
  }
}
