package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.ffmpeg.PictureTranscoder.Use;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.router.PictureRendition;
import io.roadcast.sfu.router.Stream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream's pictures in one profile, for so many viewers: from the stream to a child, and what
 * comes back into a rendition of the stream. Each child begins with the stream's cached group of
 * pictures, of which it shows the last one, so that nobody waits for a keyframe.
 */
final class TranscodedPicture implements Transcoders.Output {
  private static final int MAX_UNDER_WAY = 3000;

  private final Stream source;
  private final PictureRendition rendition;
  private final LongConsumer delays;
  private final AtomicInteger viewers = new AtomicInteger();
  private final ConcurrentSkipListMap<Long, Long> underWay = new ConcurrentSkipListMap<>();
  private final ReentrantLock changing = new ReentrantLock();

  // Written with the lock held.
  private volatile Transcoders.@Nullable Job job;
  private volatile @Nullable Feed feed;
  private volatile boolean closed;

  /**
   * @param delays takes the nanoseconds that each picture was on its way
   */
  TranscodedPicture(Stream source, PictureRendition rendition, LongConsumer delays) {
    this.source = source;
    this.rendition = rendition;
    this.delays = delays;
  }

  Stream stream() {
    return rendition.stream();
  }

  void enter() {
    viewers.incrementAndGet();
  }

  /** Returns how many viewers are left. */
  int leave() {
    return viewers.decrementAndGet();
  }

  /** What does the work. To be called once, at the beginning. */
  void job(Transcoders.Job opened) {
    changing.lock();
    try {
      job = opened;
      Feed waiting = feed;
      if (waiting != null) {
        source.subscribe(waiting);
      }
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void begun() {
    changing.lock();
    try {
      Feed before = feed;
      Feed fresh = new Feed();
      feed = closed ? null : fresh;
      underWay.clear();
      if (job != null) {
        if (before != null) {
          source.unsubscribe(before);
        }
        if (!closed) {
          source.subscribe(fresh);
        }
      }
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void made(long timeMicros, ByteBuffer block) {
    boolean keyframe = PictureJob.isKeyframe(block);
    var received = underWay.floorEntry(timeMicros);
    long now = System.nanoTime();
    if (received != null) {
      delays.accept(now - received.getValue());
      underWay.headMap(timeMicros, true).clear();
    }
    try {
      List<ByteBuffer> units = AnnexB.split(block);
      if (!closed && !units.isEmpty()) {
        rendition.picture(new VideoFrame(Codec.H264, units, keyframe, timeMicros, now));
      }
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("a picture that no encoder makes", e);
    }
  }

  void close() {
    changing.lock();
    try {
      closed = true;
      Feed ending = feed;
      feed = null;
      if (ending != null) {
        source.unsubscribe(ending);
      }
      Transcoders.Job doing = job;
      if (doing != null) {
        doing.close();
      }
    } finally {
      changing.unlock();
    }
    rendition.close();
  }

  /** From the stream to one child; in the stream's serial order. */
  private final class Feed implements BlockSink {
    private final PictureReader reader = new PictureReader();
    private boolean awaitingKeyframe = true;

    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      List<RtpBlock> pictures =
          groupOfPictures.stream().filter(block -> block.codec().medium() == Medium.VIDEO).toList();
      for (int i = 0; i < pictures.size(); i++) {
        send(pictures.get(i), i == pictures.size() - 1 ? Use.SHOWN : Use.REFERENCE);
      }
      groupOfPictures.forEach(RtpBlock::release);
    }

    @Override
    public void accept(RtpBlock block) {
      send(block, Use.SHOWN);
      block.release();
    }

    @Override
    public boolean takesSound(Codec codec) {
      return false;
    }

    private void send(RtpBlock block, Use use) {
      Transcoders.Job to = job;
      if (feed != this || to == null || (awaitingKeyframe && !block.keyframe())) {
        return;
      }
      try {
        if (use == Use.SHOWN && underWay.size() < MAX_UNDER_WAY) {
          underWay.put(block.timeMicros(), block.receivedNanos());
        }
        ByteBuffer unit = reader.read(block);
        boolean sent =
            to.send(
                PictureJob.unit(block.timeMicros(), block.codec(), block.keyframe(), use, unit));
        awaitingKeyframe = !sent;
      } catch (MalformedMediaException e) {
        throw new IllegalStateException("a block that was not made of pictures", e);
      }
    }

    @Override
    public void interrupted() {
      // Nothing comes, and nothing is made.
    }

    @Override
    public void resumed() {
      // What comes begins with a keyframe.
    }

    @Override
    public void ended(String reason) {
      // The viewers close, and with the last one this.
    }
  }
}
