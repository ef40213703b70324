package io.roadcast.sfu.transcode;

import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.PictureTranscoder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream's pictures in a child. On a machine that is too slow pictures are left out rather than
 * shown late: first they are only decoded, which takes a tenth; if that does not help, nothing is
 * done up to a keyframe.
 */
final class ChildPictures implements ChildJob, PictureTranscoder.Output {
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long HOPELESS_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final PictureJob spec;
  private final Output out;
  private @Nullable PictureTranscoder transcoder;
  private @Nullable IOException broken;
  private boolean awaitingKeyframe = true;

  ChildPictures(PictureJob spec, Output out) {
    this.spec = spec;
    this.out = out;
  }

  @Override
  public void accept(byte[] media, long waitedNanos) throws IOException {
    PictureJob.Unit unit = PictureJob.Unit.of(media);
    boolean shown = unit.use() == PictureTranscoder.Use.SHOWN;
    boolean late = shown && waitedNanos > LATE_NANOS;
    awaitingKeyframe =
        !unit.keyframe() && (awaitingKeyframe || (shown && waitedNanos > HOPELESS_NANOS));
    if (late || awaitingKeyframe) {
      out.skipped();
    }
    if (!awaitingKeyframe) {
      transcode(unit, late ? PictureTranscoder.Use.REFERENCE : unit.use());
    }
    if (broken != null) {
      throw broken;
    }
  }

  private void transcode(PictureJob.Unit unit, PictureTranscoder.Use use) {
    try {
      PictureTranscoder used = transcoder;
      if (used == null) {
        used = new PictureTranscoder(spec.target(), this);
        transcoder = used;
      }
      used.accept(unit.codec(), unit.annexB(), unit.timeMicros(), use);
    } catch (RuntimeException failed) {
      // The next keyframe begins with a fresh one.
      System.err.println("pictures: " + failed);
      out.damaged();
      awaitingKeyframe = true;
      close();
    }
  }

  @Override
  public void picture(long timeMicros, EncodedPicture picture) {
    try {
      out.made(PictureJob.made(timeMicros, picture));
    } catch (IOException gone) {
      broken = gone;
    }
  }

  @Override
  public void damaged() {
    out.damaged();
  }

  @Override
  public void close() {
    if (transcoder != null) {
      transcoder.close();
      transcoder = null;
    }
  }
}
