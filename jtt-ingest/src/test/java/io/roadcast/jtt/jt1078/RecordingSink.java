package io.roadcast.jtt.jt1078;

import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.BlockSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a viewer would get. */
final class RecordingSink implements BlockSink {
  final AtomicInteger pictures = new AtomicInteger();
  final AtomicInteger keyframes = new AtomicInteger();
  final AtomicInteger sounds = new AtomicInteger();
  final AtomicInteger stepsBack = new AtomicInteger();
  final List<String> news = new CopyOnWriteArrayList<>();
  private final AtomicLong lastPictureMicros = new AtomicLong(Long.MIN_VALUE);

  @Override
  public void begin(List<RtpBlock> groupOfPictures) {
    groupOfPictures.forEach(this::accept);
  }

  @Override
  public void accept(RtpBlock block) {
    if (block.codec().medium() == Medium.AUDIO) {
      sounds.incrementAndGet();
    } else {
      pictures.incrementAndGet();
      if (block.keyframe()) {
        keyframes.incrementAndGet();
      }
      if (lastPictureMicros.getAndSet(block.timeMicros()) >= block.timeMicros()) {
        stepsBack.incrementAndGet();
      }
    }
    block.release();
  }

  @Override
  public void interrupted() {
    news.add("interrupted");
  }

  @Override
  public void resumed() {
    news.add("resumed");
  }

  @Override
  public void ended(String reason) {
    news.add("ended: " + reason);
  }
}
