package io.roadcast.sfu.udp;

import io.roadcast.media.Codec;
import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.router.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A stream on one worker: the window of its pictures and the viewers that watch it there.
 *
 * <p>The {@link BlockSink} half runs on whatever thread feeds the stream and only puts commands;
 * the other half is the worker's. If the worker is behind, whole frames are left out here until the
 * next keyframe.
 */
final class WorkerStream implements BlockSink {
  private final MediaWorker worker;
  private final Stream stream;
  private final CommandQueue commands;
  private final LongAdder droppedByQueue;

  // In the stream's serial order only.
  private boolean dropping;

  // The worker's.
  private final StreamWindow window;
  private final List<Viewer> viewers = new ArrayList<>();
  private boolean begun;
  private boolean interrupted;
  private boolean closed;

  WorkerStream(MediaWorker worker, Stream stream, CommandQueue commands, LongAdder droppedByQueue) {
    this.worker = worker;
    this.stream = stream;
    this.commands = commands;
    this.droppedByQueue = droppedByQueue;
    WorkerSettings settings = worker.settings();
    this.window = new StreamWindow(settings.window().toNanos() / 1000, settings.maxWindowBytes());
  }

  // ---- in the stream's serial order, on any thread

  @Override
  public void begin(List<RtpBlock> groupOfPictures) {
    commands.put(() -> takeGroup(groupOfPictures));
  }

  @Override
  public void accept(RtpBlock block) {
    dropping = dropping && !block.keyframe();
    if (dropping || !commands.admitFrame()) {
      dropping = true;
      droppedByQueue.increment();
      block.release();
      return;
    }
    commands.put(() -> take(block));
  }

  @Override
  public boolean takesSound(Codec codec) {
    return takesRendition(codec);
  }

  @Override
  public boolean takesRendition(Codec codec) {
    return codec == Codec.OPUS || codec == Codec.PCMA || codec == Codec.PCMU;
  }

  @Override
  public void interrupted() {
    commands.put(
        () -> {
          interrupted = true;
          forEachViewer(viewer -> viewer.interrupted(this));
        });
  }

  @Override
  public void resumed() {
    commands.put(
        () -> {
          interrupted = false;
          forEachViewer(viewer -> viewer.resumed(this));
        });
  }

  @Override
  public void ended(String reason) {
    commands.put(() -> end(reason));
  }

  // ---- on the worker's thread

  Stream stream() {
    return stream;
  }

  StreamWindow window() {
    return window;
  }

  /** Adds a viewer; true if the cached group of pictures is here already, so that it can begin. */
  boolean add(Viewer viewer) {
    viewers.add(viewer);
    if (viewers.size() == 1 && !begun) {
      stream.subscribe(this);
    }
    if (interrupted) {
      viewer.interrupted(this);
    }
    return begun;
  }

  /** The worker closes the stream when its last viewer is gone. */
  void remove(Viewer viewer) {
    viewers.remove(viewer);
    if (viewers.isEmpty()) {
      worker.close(this);
    }
  }

  /** Gives all blocks back; what is still under way is released as it comes. */
  void close() {
    closed = true;
    stream.unsubscribe(this);
    window.clear();
  }

  /** The socket takes packets again. */
  void resumeSending(long nowNanos) {
    forEachViewer(viewer -> viewer.forwardPictures(nowNanos));
  }

  private void takeGroup(List<RtpBlock> groupOfPictures) {
    for (RtpBlock block : groupOfPictures) {
      if (!closed && block.codec().medium() == Medium.VIDEO) {
        window.add(block);
      } else {
        block.release(); // sound begins at the live edge
      }
    }
    begun = true;
    window.captured(stream.captureOffsetMicros());
    long nowNanos = worker.nowNanos();
    forEachViewer(viewer -> viewer.windowFilled(this, nowNanos));
  }

  /** A frame came: into the window, and to every viewer. */
  private void take(RtpBlock block) {
    commands.frameTaken();
    if (closed) {
      block.release();
      return;
    }
    long nowNanos = worker.nowNanos();
    long receivedNanos = block.receivedNanos();
    FrameKind kind = FrameKind.of(block);
    worker.beginFrame(receivedNanos);
    if (kind == FrameKind.SOUND) {
      forEachViewer(viewer -> viewer.soundArrived(this, block));
      worker.endFrame(kind, receivedNanos);
      block.release();
    } else {
      window.add(block);
      window.captured(stream.captureOffsetMicros());
      forEachViewer(viewer -> viewer.pictureArrived(this, block, nowNanos));
      worker.endFrame(kind, receivedNanos);
    }
  }

  private void end(String reason) {
    forEachViewer(viewer -> viewer.ended(this, reason));
  }

  /** In each viewer's own guard; a viewer may leave meanwhile, hence from the last to the first. */
  private void forEachViewer(Consumer<Viewer> action) {
    for (int i = viewers.size() - 1; i >= 0; i--) {
      Viewer viewer = viewers.get(i);
      viewer.guarded(action);
    }
  }
}
