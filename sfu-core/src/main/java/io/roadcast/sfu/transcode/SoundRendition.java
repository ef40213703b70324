package io.roadcast.sfu.transcode;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.ffmpeg.SoundDecoders;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.router.Stream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream's sound in one codec, for so many viewers. It listens to the stream only while the
 * source sends another codec.
 */
final class SoundRendition {
  private final Stream stream;
  private final Codec target;
  private final RtpBlockPool pool;
  private final Begin begin;
  private final ReentrantLock lock = new ReentrantLock();

  // With the lock held.
  private int viewers;
  private boolean over;
  private @Nullable Feed feed;

  /** Begins a job. */
  @FunctionalInterface
  interface Begin {
    Optional<Transcoders.Job> job(
        Stream stream, Codec source, Codec target, Transcoders.Output out);
  }

  SoundRendition(Stream stream, Codec target, RtpBlockPool pool, Begin begin) {
    this.stream = stream;
    this.target = target;
    this.pool = pool;
    this.begin = begin;
  }

  void enter() {
    lock.lock();
    try {
      viewers++;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many viewers are left; with none it is over. */
  int leave() {
    lock.lock();
    try {
      viewers--;
      if (viewers == 0) {
        over = true;
        stop();
      }
      return viewers;
    } finally {
      lock.unlock();
    }
  }

  /** Looks what the source sends now, and begins or ends the work accordingly. */
  void refresh() {
    lock.lock();
    try {
      AudioFormat sound = stream.audio();
      Codec source = sound == null ? null : sound.codec();
      boolean needed = !over && source != null && source != target && SoundDecoders.decodes(source);
      if (feed != null && (!needed || feed.source != source)) {
        stop();
      }
      if (needed && feed == null && source != null) {
        start(source);
      }
    } finally {
      lock.unlock();
    }
  }

  private void start(Codec source) {
    Feed fresh = new Feed(source);
    Optional<Transcoders.Job> job = begin.job(stream, source, target, fresh::made);
    if (job.isPresent()) {
      fresh.job = job.get();
      feed = fresh;
      stream.subscribe(fresh);
    }
  }

  private void stop() {
    Feed ending = feed;
    feed = null;
    if (ending != null) {
      stream.unsubscribe(ending);
      ending.close();
    }
  }

  /** From the stream to the job, and from the job back into the stream. */
  private final class Feed implements BlockSink {
    private final Codec source;
    private final RtpBlockWriter writer = new RtpBlockWriter(pool);
    private volatile Transcoders.@Nullable Job job;

    Feed(Codec source) {
      this.source = source;
    }

    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      groupOfPictures.forEach(RtpBlock::release);
    }

    @Override
    public boolean takesSound(Codec codec) {
      return codec == source;
    }

    @Override
    public void accept(RtpBlock block) {
      Transcoders.Job to = job;
      if (to != null && block.codec().medium() == Medium.AUDIO) {
        byte[] media = new byte[Long.BYTES + block.payloadBytes()];
        ByteBuffer.wrap(media).putLong(block.timeMicros());
        MemorySegment.copy(
            block.bytes(), ValueLayout.JAVA_BYTE, 0, media, Long.BYTES, block.payloadBytes());
        to.send(media);
      }
      block.release();
    }

    /** On a child's reading thread, of which there is one at a time. */
    void made(long timeMicros, ByteBuffer payload) {
      if (job == null || payload.remaining() > RtpBlockWriter.MAX_PAYLOAD_BYTES) {
        return;
      }
      try {
        writer.put(payload, payload.position(), payload.remaining());
      } catch (MalformedMediaException e) {
        throw new IllegalStateException("a packet is more than a block can hold", e);
      }
      writer.endPacket();
      stream.addRendition(writer.finish(target, false, timeMicros, System.nanoTime()));
    }

    void close() {
      Transcoders.Job ending = job;
      job = null;
      if (ending != null) {
        ending.close();
      }
    }

    @Override
    public void interrupted() {
      // Nothing comes, and nothing is made.
    }

    @Override
    public void resumed() {
      // What comes is made.
    }

    @Override
    public void ended(String reason) {
      // The viewers close, and with the last one this.
    }
  }
}
