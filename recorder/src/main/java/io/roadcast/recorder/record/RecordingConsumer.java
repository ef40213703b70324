package io.roadcast.recorder.record;

import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.BlockSink;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream's blocks on whatever thread forwards them, and hands them to a writer thread.
 * Never waits: when too much waits for the disk, blocks are dropped up to the next keyframe.
 */
final class RecordingConsumer implements BlockSink {
  /** What the writer is told, in the stream's order. */
  sealed interface Event {
    /** The writer owns the reference. */
    record Block(RtpBlock block) implements Event {}

    /** Blocks are missing here; the next one is a keyframe. */
    record Dropped() implements Event {}

    record Interrupted() implements Event {}

    record Ended() implements Event {}
  }

  private static final Event DROPPED = new Event.Dropped();
  private static final Event INTERRUPTED = new Event.Interrupted();
  private static final Event ENDED = new Event.Ended();

  private final ConcurrentLinkedQueue<Event> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final long maxQueuedBytes;
  private final RecorderCounters counters;

  // Only in the stream's serial order.
  private boolean dropping;

  private volatile boolean closed;
  private volatile @Nullable Codec rendition;

  RecordingConsumer(long maxQueuedBytes, RecorderCounters counters) {
    this.maxQueuedBytes = maxQueuedBytes;
    this.counters = counters;
  }

  /** From now on sound of this codec is taken that was made of the stream's; null for none. */
  void takeRendition(@Nullable Codec sound) {
    rendition = sound;
  }

  @Override
  public boolean takesRendition(Codec codec) {
    return codec == rendition;
  }

  @Override
  public void begin(List<RtpBlock> groupOfPictures) {
    for (RtpBlock block : groupOfPictures) {
      add(block);
    }
  }

  @Override
  public void accept(RtpBlock block) {
    if (dropping && block.keyframe() && queuedBytes.get() <= maxQueuedBytes / 2) {
      dropping = false;
    }
    if (!dropping && queuedBytes.get() + block.payloadBytes() > maxQueuedBytes) {
      dropping = true;
      queue.add(DROPPED);
    }
    if (dropping) {
      counters.dropped.increment();
      block.release();
      return;
    }
    add(block);
  }

  private void add(RtpBlock block) {
    queuedBytes.addAndGet(block.payloadBytes());
    queue.add(new Event.Block(block));
    if (closed) {
      discard();
    }
  }

  @Override
  public void interrupted() {
    queue.add(INTERRUPTED);
  }

  @Override
  public void resumed() {
    // The next block says so.
  }

  @Override
  public void ended(String reason) {
    queue.add(ENDED);
  }

  long queuedBytes() {
    return queuedBytes.get();
  }

  /**
   * Hands what waits to the recording. On the writer's thread.
   *
   * @return whether the stream goes on
   */
  boolean drainTo(StreamRecording recording) {
    for (Event event = queue.poll(); event != null; event = queue.poll()) {
      switch (event) {
        case Event.Block(RtpBlock block) -> {
          queuedBytes.addAndGet(-block.payloadBytes());
          try {
            recording.block(block);
          } finally {
            block.release();
          }
        }
        case Event.Dropped dropped -> recording.broken();
        case Event.Interrupted interrupted -> recording.broken();
        case Event.Ended ended -> {
          recording.broken();
          return false;
        }
      }
    }
    return true;
  }

  /** Nothing is written any more; what still comes is given back. */
  void close() {
    closed = true;
    discard();
  }

  private void discard() {
    for (Event event = queue.poll(); event != null; event = queue.poll()) {
      if (event instanceof Event.Block(RtpBlock block)) {
        block.release();
      }
    }
  }
}
