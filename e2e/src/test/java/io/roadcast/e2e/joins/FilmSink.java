package io.roadcast.e2e.joins;

import io.roadcast.bench.viewer.MediaSink;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.AnnexB;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Finds out which pictures of its cameras' films a load viewer could show, by their bytes: those
 * that came whole, and to which all came that they refer to. As a browser does, it asks for a
 * keyframe when it can go no further. Its {@link #shown} is read when the viewer is closed.
 */
final class FilmSink implements MediaSink {
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int LAST_SLICE_TYPE = 5;
  private static final int TYPE_BITS = 0x1f;

  private record Known(FilmCamera camera, int counter, boolean keyframe) {}

  private final Map<Long, Known> known = new HashMap<>();
  private final List<NetworkView.Shown> shown = new ArrayList<>();
  private final Runnable keyframeWanted;
  private FilmCamera showing;
  private int next;
  private boolean lost = true;
  private int unknown;
  private long newestAskNanos = System.nanoTime();

  /**
   * @param cameras at least one
   * @param keyframeWanted asks the server for one
   */
  FilmSink(List<FilmCamera> cameras, Runnable keyframeWanted) throws MalformedMediaException {
    this.keyframeWanted = keyframeWanted;
    this.showing = cameras.getFirst();
    for (FilmCamera camera : cameras) {
      for (int i = 0; i < camera.film().pictures().size(); i++) {
        var picture = camera.film().pictures().get(i);
        List<ByteBuffer> units = AnnexB.split(ByteBuffer.wrap(picture.annexB()));
        known.put(sum(units), new Known(camera, i, picture.keyframe()));
      }
    }
  }

  /** In the order in which they came; each once. */
  List<NetworkView.Shown> shown() {
    return shown;
  }

  /** Whole pictures that are none of the films'. */
  int unknown() {
    return unknown;
  }

  @Override
  public void picture(AccessUnit unit, int timestamp) {
    double at = System.currentTimeMillis();
    Known picture = unit.damaged() ? null : known.get(sum(unit.nalUnits()));
    if (picture == null) {
      unknown += unit.damaged() ? 0 : 1;
      goOnWithKeyframe();
      return;
    }
    boolean follows = !lost && picture.camera == showing && picture.counter == next;
    if (!follows && !picture.keyframe) {
      goOnWithKeyframe();
      return;
    }
    lost = false;
    showing = picture.camera;
    next = (picture.counter + 1) % showing.film().pictures().size();
    double sent = showing.sentMillis(picture.counter, at);
    if (shown.isEmpty() || sent > shown.getLast().sent()) { // else shown again
      shown.add(new NetworkView.Shown(at, sent));
    }
  }

  private void goOnWithKeyframe() {
    lost = true;
    long now = System.nanoTime();
    if (now - newestAskNanos > ASK_AGAIN_NANOS) {
      newestAskNanos = now;
      keyframeWanted.run();
    }
  }

  private static long sum(List<ByteBuffer> units) {
    CRC32 sum = new CRC32();
    long bytes = 0;
    for (ByteBuffer unit : units) {
      int type = unit.get(unit.position()) & TYPE_BITS;
      if (type > 0 && type <= LAST_SLICE_TYPE) {
        bytes += unit.remaining();
        sum.update(unit.duplicate());
      }
    }
    return bytes << Integer.SIZE | sum.getValue();
  }
}
