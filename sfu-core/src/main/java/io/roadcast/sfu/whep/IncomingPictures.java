package io.roadcast.sfu.whep;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.NalDepacketizer;
import io.roadcast.media.video.Keyframes;
import io.roadcast.media.video.VideoPayloads;
import io.roadcast.sfu.router.Publication;

/**
 * Makes pictures of packets that come in order. A picture that is not whole is left out, and so is
 * everything up to the next keyframe: a still picture rather than a smeared one. One thread.
 */
final class IncomingPictures {
  private final Codec codec;
  private final MediaTimeline timeline;
  private final Publication publication;
  private final NalDepacketizer depacketizer;
  private boolean begun;
  private int timestamp;
  private long lost;
  private boolean wantsKeyframe = true;
  private long complete;
  private long damaged;

  IncomingPictures(Codec codec, MediaTimeline timeline, Publication publication) {
    this.codec = codec;
    this.depacketizer = VideoPayloads.depacketizer(codec);
    this.timeline = timeline;
    this.publication = publication;
  }

  /**
   * @param lostSoFar packets of the track that will not come, all those before this one
   */
  void accept(IncomingPacket packet, long lostSoFar) {
    boolean padding = !packet.payload().hasRemaining();
    if (begun && !padding && packet.timestamp() != timestamp) {
      end(packet.receivedNanos());
    }
    if (lostSoFar > lost) {
      lost = lostSoFar;
      wantsKeyframe = true; // whole pictures may be among them
      depacketizer.lost();
    }
    if (padding) {
      return;
    }
    begun = true;
    timestamp = packet.timestamp();
    try {
      depacketizer.accept(packet.payload());
    } catch (MalformedMediaException e) {
      // the picture is damaged, and counted as such
    }
    if (packet.marker()) {
      end(packet.receivedNanos());
    }
  }

  /** Whether nothing can be shown until a keyframe comes. */
  boolean wantsKeyframe() {
    return wantsKeyframe;
  }

  /** Pictures that were published. */
  long complete() {
    return complete;
  }

  /** Pictures that were left out. */
  long damaged() {
    return damaged;
  }

  private void end(long receivedNanos) {
    begun = false;
    AccessUnit unit = depacketizer.take();
    if (unit.damaged() || unit.nalUnits().isEmpty()) {
      damaged++;
      wantsKeyframe = true;
      return;
    }
    boolean keyframe = Keyframes.isKeyframe(codec, unit.nalUnits());
    wantsKeyframe &= !keyframe;
    if (wantsKeyframe) {
      damaged++;
      return;
    }
    long micros = timeline.ofVideo(timestamp, receivedNanos);
    try {
      publication.video(new VideoFrame(codec, unit.nalUnits(), keyframe, micros, receivedNanos));
      complete++;
    } catch (MalformedMediaException e) {
      damaged++;
      wantsKeyframe = true;
    }
  }
}
