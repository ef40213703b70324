package io.roadcast.recorder.exact;

import io.roadcast.media.ffmpeg.GroupRecoder.Picture;
import io.roadcast.sfu.transcode.ChildCommand;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has child processes code groups of pictures anew, one process per group, two at once. What was
 * made is remembered for a while, since who fetches a file in ranges asks for the same again and
 * again. Any thread.
 */
public final class GroupCoder implements AutoCloseable {
  private static final int AT_ONCE = 2;
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int REMEMBERED = 16;
  private static final long REMEMBERED_BYTES = 32L << 20;

  private final Semaphore room = new Semaphore(AT_ONCE, true);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("exact-watch").factory());

  // With this monitor held.
  private final Map<String, List<Picture>> remembered = new LinkedHashMap<>(16, 0.75f, true);

  /** Says what is to be made; asked only if it is not remembered. */
  @FunctionalInterface
  public interface Source {
    GroupJob job() throws IOException;
  }

  /**
   * Codes a group anew; blocks for a second or so.
   *
   * @param name the same name always means the same pictures
   * @return in the order of showing, the first a keyframe with its parameter sets; empty if nothing
   *     of it can be decoded
   * @throws GroupsBusyException if too many others wait
   * @throws IOException if the group can not be read or is too large, or the child died of it
   */
  public List<Picture> code(String name, Source source) throws IOException, GroupsBusyException {
    Optional<List<Picture>> known = recall(name);
    if (known.isPresent()) {
      return known.get();
    }
    enter();
    try {
      Optional<List<Picture>> meanwhile = recall(name);
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      List<Picture> made = List.copyOf(run(checked(source.job())));
      remember(name, made);
      return made;
    } finally {
      room.release();
    }
  }

  private void enter() throws GroupsBusyException {
    try {
      if (!room.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new GroupsBusyException();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GroupsBusyException();
    }
  }

  private static GroupJob checked(GroupJob job) throws IOException {
    if (job.pictures().size() > GroupJob.MAX_PICTURES
        || bytes(job.pictures()) > GroupJob.MAX_BYTES) {
      throw new IOException("a group of " + job.pictures().size() + " pictures is too much");
    }
    return job;
  }

  private List<Picture> run(GroupJob job) throws IOException {
    Process child =
        new ProcessBuilder(ChildCommand.of(GroupChild.class))
            .redirectError(Redirect.DISCARD)
            .start();
    Future<?> limit =
        watch.schedule(child::destroyForcibly, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    try (DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(child.getOutputStream(), BUFFER_BYTES));
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(child.getInputStream(), BUFFER_BYTES))) {
      job.write(out);
      return GroupJob.pictures(in);
    } catch (IOException gone) {
      throw new IOException("the process that codes pictures anew is gone", gone);
    } finally {
      limit.cancel(false);
      child.destroyForcibly();
    }
  }

  private synchronized Optional<List<Picture>> recall(String name) {
    return Optional.ofNullable(remembered.get(name));
  }

  private synchronized void remember(String name, List<Picture> made) {
    remembered.put(name, made);
    while (remembered.size() > REMEMBERED || total() > REMEMBERED_BYTES) {
      remembered.remove(remembered.keySet().iterator().next());
    }
  }

  private long total() {
    return remembered.values().stream().mapToLong(GroupCoder::bytes).sum();
  }

  private static long bytes(List<Picture> pictures) {
    return pictures.stream().mapToLong(picture -> picture.annexB().length).sum();
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
