package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.ffmpeg.PictureTranscoder;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.PictureRendition;
import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamStatistics;
import io.roadcast.sfu.udp.DelayHistogram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in a form that viewers take: each stream and profile is transcoded once, from the first
 * viewer that needs it to the last, as long as there is a child for it.
 */
public final class TranscodedPictures implements PictureRenditions {
  private static final int USUAL_FRAME_RATE = 25;
  private static final int HIGHEST_FRAME_RATE = 60;

  /** High 10, High 4:2:2, High 4:4:4 Predictive and CAVLC 4:4:4 Intra, as profile_idc in hex. */
  private static final Set<String> RARE_PROFILES = Set.of("6e", "7a", "f4", "2c");

  /** Who joins later catches up with at most this much. */
  private static final long KEYFRAME_MICROS = 2_000_000;

  private final Transcoders transcoders;
  private final Router router;
  private final RouterConfig routing;
  private final RtpBlockPool pool;
  private final Map<String, PictureProfile> profiles = new LinkedHashMap<>();
  private final ConcurrentHashMap<Wish, TranscodedPicture> pictures = new ConcurrentHashMap<>();
  private final ReentrantLock counting = new ReentrantLock();
  private final DelayHistogram delays = new DelayHistogram();

  /** What is watched; streams are told apart by identity. */
  private record Wish(Stream stream, String profile) {}

  /**
   * @param transcoders with a child for each job, as one picture keeps one thread busy
   * @param profiles what viewers may ask for by name
   */
  public TranscodedPictures(
      Transcoders transcoders,
      List<PictureProfile> profiles,
      Router router,
      RouterConfig routing,
      RtpBlockPool pool) {
    this.transcoders = transcoders;
    this.router = router;
    this.routing = routing;
    this.pool = pool;
    profiles.forEach(profile -> this.profiles.put(profile.name(), profile));
  }

  @Override
  public boolean knows(String profile) {
    return profiles.containsKey(profile);
  }

  @Override
  public Optional<VideoFormat> format(Stream stream, String profile) {
    VideoFormat video = stream.video();
    PictureProfile wanted = profile(profile);
    if (video == null
        || wanted == null
        || (video.codec() != Codec.H264 && video.codec() != Codec.H265)
        || isGoodEnough(stream, video, wanted)) {
      return Optional.empty();
    }
    double scale =
        Math.min(
            1,
            Math.min(
                factor(wanted.maxWidth(), video.width()),
                factor(wanted.maxHeight(), video.height())));
    return Optional.of(
        new VideoFormat(
            Codec.H264,
            "Constrained Baseline",
            "42c01f",
            "3.1",
            (int) (video.width() * scale) & ~1,
            (int) (video.height() * scale) & ~1,
            false));
  }

  private @Nullable PictureProfile profile(String name) {
    return name.equals(PLAIN) ? PictureProfile.PLAIN : profiles.get(name);
  }

  private static double factor(int allowed, int present) {
    return allowed == 0 || present == 0 ? 1 : (double) allowed / present;
  }

  /** Whether every browser shows it, and it is no more than what is asked for. */
  private static boolean isGoodEnough(Stream stream, VideoFormat video, PictureProfile wanted) {
    boolean small =
        wanted.maxWidth() == 0
            || (video.width() <= wanted.maxWidth()
                && video.height() <= wanted.maxHeight()
                && stream.statistics().videoBitRate() <= wanted.bitRate());
    return video.codec() == Codec.H264 && !video.reordered() && !isRare(video) && small;
  }

  /** Whether it is in one of H.264's profiles that not every browser decodes. */
  private static boolean isRare(VideoFormat video) {
    return RARE_PROFILES.stream().anyMatch(video.profileLevelId()::startsWith);
  }

  @Override
  public Optional<Lease> take(Stream stream, String profile) {
    Wish wish = new Wish(stream, profile);
    TranscodedPicture picture =
        pictures.compute(
            wish,
            (key, present) -> {
              TranscodedPicture used = present == null ? begin(key) : present;
              if (used != null) {
                used.enter();
              }
              return used;
            });
    if (picture == null) {
      return Optional.empty();
    }
    AtomicBoolean open = new AtomicBoolean(true);
    return Optional.of(
        new Lease() {
          @Override
          public Stream stream() {
            return picture.stream();
          }

          @Override
          public void close() {
            if (open.compareAndSet(true, false)) {
              leave(wish);
            }
          }
        });
  }

  private void leave(Wish wish) {
    pictures.computeIfPresent(
        wish,
        (key, present) -> {
          if (present.leave() > 0) {
            return present;
          }
          present.close();
          return null;
        });
  }

  /** Null if there is no child for it. */
  private @Nullable TranscodedPicture begin(Wish wish) {
    Optional<VideoFormat> expected = format(wish.stream, wish.profile);
    PictureProfile profile = profile(wish.profile);
    if (expected.isEmpty() || profile == null) {
      return null;
    }
    PictureRendition rendition =
        new PictureRendition(wish.stream, expected.get(), routing, router, pool);
    TranscodedPicture fresh = new TranscodedPicture(wish.stream, rendition, this::delayed);
    Optional<Transcoders.Job> job =
        transcoders.open(new PictureJob(target(wish.stream.statistics(), profile)), fresh);
    if (job.isEmpty()) {
      fresh.close();
      return null;
    }
    fresh.job(job.get());
    return fresh;
  }

  private static PictureTranscoder.Target target(StreamStatistics rates, PictureProfile profile) {
    long rate = Math.round(rates.videoFrameRate());
    return new PictureTranscoder.Target(
        profile.maxWidth(),
        profile.maxHeight(),
        profile.bitRate(),
        rate < 1 ? USUAL_FRAME_RATE : (int) Math.min(rate, HIGHEST_FRAME_RATE),
        KEYFRAME_MICROS);
  }

  private void delayed(long nanos) {
    counting.lock();
    try {
      delays.record(nanos);
    } finally {
      counting.unlock();
    }
  }

  /** How long pictures were on their way through a child, from the last byte of the source's. */
  public DelayHistogram.Snapshot delays() {
    return delays.snapshot();
  }
}
