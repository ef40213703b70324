package io.roadcast.recorder.playback;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.util.List;

/**
 * A private stream of recorded frames. Its timeline is this server's: a frame's time is the moment
 * at which it is due, whenever it was recorded and however fast it is played. One thread.
 */
final class Projection implements Publisher, AutoCloseable {
  private final Publication publication;
  private boolean soundKnown;

  private Projection(Router router, StreamId name) {
    publication = router.publishPrivately(name, this);
  }

  /** Nothing is on it: who is shown it keeps the picture that it had. */
  static Projection dark(Router router, StreamId name) {
    return new Projection(router, name);
  }

  /**
   * Begins with the pictures that lead to one, which is due now. They stand as far apart as they
   * were recorded; a viewer that begins here is sent them at once.
   */
  static Projection of(
      Router router, StreamId name, List<RecordedFrame.Picture> lead, long nowNanos)
      throws MalformedMediaException {
    Projection projection = new Projection(router, name);
    long last = lead.getLast().micros();
    for (RecordedFrame.Picture picture : lead) {
      projection.show(picture, nowNanos - (last - picture.micros()) * 1000);
    }
    return projection;
  }

  Stream stream() {
    return publication.stream();
  }

  void show(RecordedFrame.Picture picture, long dueNanos) throws MalformedMediaException {
    publication.video(
        new VideoFrame(
            picture.codec(), picture.nalUnits(), picture.keyframe(), dueNanos / 1000, dueNanos));
  }

  /**
   * @return whether it is the first sound, so that it has to be brought into what the viewer takes
   */
  boolean hear(RecordedFrame.Sound sound, long dueNanos) {
    publication.audio(new AudioFrame(Codec.AAC, sound.adts(), dueNanos / 1000, dueNanos));
    boolean first = !soundKnown;
    soundKnown = true;
    return first;
  }

  @Override
  public SourceInfo source() {
    return new SourceInfo("recording", "none", "");
  }

  @Override
  public UplinkStatistics uplink() {
    return UplinkStatistics.NONE;
  }

  @Override
  public void superseded() {
    // Nobody else publishes it.
  }

  @Override
  public void close() {
    publication.close("the playback goes elsewhere");
  }
}
