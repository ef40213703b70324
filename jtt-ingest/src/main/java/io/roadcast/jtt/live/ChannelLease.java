package io.roadcast.jtt.live;

import io.roadcast.jtt.live.ChannelEvent.Wish;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** One wish for a channel. What became of it is known to its channel alone. */
final class ChannelLease implements StreamLease {
  /** Where a wish stands. Only the channel reads and writes it. */
  enum Standing {
    NEW,
    WAITING,
    GRANTED,
    OVER
  }

  private final LiveChannel channel;
  private final LeaseHolder holder;
  private final CompletableFuture<Stream> answer = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private Standing standing = Standing.NEW;
  private boolean looking = true;

  ChannelLease(LiveChannel channel, LeaseHolder holder) {
    this.channel = channel;
    this.holder = holder;
  }

  @Override
  public StreamId stream() {
    return channel.id();
  }

  @Override
  public CompletionStage<Stream> live() {
    return answer;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      channel.leave(this);
    }
  }

  @Override
  public void pause() {
    channel.look(this, false);
  }

  @Override
  public void resume() {
    channel.look(this, true);
  }

  Wish wish() {
    return holder.boundByBudget() ? Wish.ORDINARY : Wish.EXEMPT;
  }

  boolean ofViewer() {
    return holder == LeaseHolder.VIEWER;
  }

  /** Whether its holder looks. Only the channel reads and writes it. */
  boolean looking() {
    return looking;
  }

  void looking(boolean now) {
    looking = now;
  }

  Standing standing() {
    return standing;
  }

  void standing(Standing now) {
    standing = now;
  }

  void grant(Stream stream) {
    answer.complete(stream);
  }

  void refuse(StreamUnavailableException failure) {
    answer.completeExceptionally(failure);
  }

  void cancel() {
    answer.cancel(false);
  }
}
