package io.roadcast.sfu.udp;

import io.roadcast.media.Codec;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.webrtc.IceCredentials;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed with one viewer before its first datagram came.
 *
 * @param video how the picture is sent, if it is
 * @param audio how the sound is sent, if it is
 * @param ice our credentials, up to an ICE restart
 * @param cname for source descriptions (RFC 7022)
 */
public record ViewerPlan(
    UUID id,
    Stream stream,
    @Nullable TrackPlan video,
    @Nullable TrackPlan audio,
    IceCredentials ice,
    String cname) {
  /** The codec of the picture, or of the sound where there is no picture. */
  Codec codec() {
    if (video != null) {
      return video.codec();
    }
    if (audio != null) {
      return audio.codec();
    }
    throw new IllegalStateException("a viewer without tracks");
  }
}
