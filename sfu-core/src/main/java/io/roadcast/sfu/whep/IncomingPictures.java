package io.roadcast.sfu.whep;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.h264.H264Depacketizer;
import io.roadcast.media.h265.H265Depacketizer;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.video.Keyframes;
import io.roadcast.sfu.router.Publication;

/**
 * Makes pictures of packets that come in order. A picture that is not whole is left out, and so is
 * everything up to the next keyframe: a still picture rather than a smeared one. One thread.
 */
final class IncomingPictures {
  private final Codec codec;
  private final MediaTimeline timeline;
  private final Publication publication;
  private final H264Depacketizer h264 = new H264Depacketizer();
  private final H265Depacketizer h265 = new H265Depacketizer();
  private boolean begun;
  private int timestamp;
  private long lost;
  private boolean wantsKeyframe = true;
  private long complete;
  private long damaged;

  IncomingPictures(Codec codec, MediaTimeline timeline, Publication publication) {
    this.codec = codec;
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
      h264.lost();
      h265.lost();
    }
    if (padding) {
      return;
    }
    begun = true;
    timestamp = packet.timestamp();
    try {
      if (codec == Codec.H264) {
        h264.accept(packet.payload());
      } else {
        h265.accept(packet.payload());
      }
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
    AccessUnit unit = codec == Codec.H264 ? h264.take() : h265.take();
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
