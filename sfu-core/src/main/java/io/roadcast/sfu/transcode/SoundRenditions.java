package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.ffmpeg.SoundDecoders;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamListener;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The sound of streams in codecs that viewers take: each stream and codec is transcoded once, from
 * the first viewer that needs it to the last. To be told of the router's news.
 */
public final class SoundRenditions implements Renditions, StreamListener {
  private final Transcoders transcoders;
  private final RtpBlockPool pool;
  private final int opusBitRate;
  private final Function<StreamId, Optional<SoundCoding>> known;
  private final ConcurrentHashMap<Wish, SoundRendition> renditions = new ConcurrentHashMap<>();

  /** What is taken; streams are told apart by identity. */
  private record Wish(Stream stream, Codec sound) {}

  /**
   * @param known what is configured of a stream's sound; any thread, does not wait
   */
  public SoundRenditions(
      Transcoders transcoders,
      TranscodeConfig config,
      RtpBlockPool pool,
      Function<StreamId, Optional<SoundCoding>> known) {
    this.transcoders = transcoders;
    this.opusBitRate = config.opusBitRate();
    this.pool = pool;
    this.known = known;
  }

  @Override
  public boolean converts(Codec sound) {
    return SoundDecoders.decodes(sound) && transcoders.hasRoom();
  }

  @Override
  public Lease take(Stream stream, Codec sound) {
    Wish wish = new Wish(stream, sound);
    renditions
        .compute(
            wish,
            (key, present) -> {
              SoundRendition rendition = present == null ? rendition(key) : present;
              rendition.enter();
              return rendition;
            })
        .refresh();
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        leave(wish);
      }
    };
  }

  private SoundRendition rendition(Wish wish) {
    return new SoundRendition(wish.stream, wish.sound, pool, this::begin);
  }

  private void leave(Wish wish) {
    renditions.computeIfPresent(wish, (key, present) -> present.leave() == 0 ? null : present);
  }

  private Optional<Transcoders.Job> begin(
      Stream stream, Codec source, Codec target, Transcoders.Output out) {
    SoundCoding coding =
        known
            .apply(stream.id())
            .filter(configured -> configured.codec() == source)
            .orElse(SoundCoding.of(source));
    return transcoders.open(new SoundJob(coding, target, opusBitRate), out);
  }

  @Override
  public void changed(Stream stream) {
    renditions.forEach(
        (wish, rendition) -> {
          if (wish.stream == stream) {
            rendition.refresh();
          }
        });
  }

  @Override
  public void started(Stream stream) {
    // Nobody takes it yet.
  }

  @Override
  public void interrupted(Stream stream) {
    // What was begun goes on when the source is back.
  }

  @Override
  public void resumed(Stream stream) {
    // The codec may have changed, which is told apart.
  }

  @Override
  public void stopped(Stream stream, String reason) {
    // Its viewers close, and with the last one the rendition.
  }
}
