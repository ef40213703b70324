package io.roadcast.bench.viewer;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one viewer. Times count from the moment the offer was sent.
 *
 * @param failure why it failed, if it did
 * @param answered when the answer was there
 * @param connected when there were keys
 * @param firstPacket when the first media packet was decrypted
 * @param firstKeyframe when the first keyframe was complete
 */
public record LoadViewerStatistics(
    LoadViewerState state,
    @Nullable String failure,
    Optional<Duration> answered,
    Optional<Duration> connected,
    Optional<Duration> firstPacket,
    Optional<Duration> firstKeyframe,
    Optional<TrackStatistics> video,
    Optional<TrackStatistics> audio,
    TransportStatistics transport) {

  /** Packets of both tracks that are lost for good. */
  public long lost() {
    return video.map(track -> track.packets().lost()).orElse(0L)
        + audio.map(track -> track.packets().lost()).orElse(0L);
  }

  /** Media packets of both tracks. */
  public long received() {
    return video.map(track -> track.packets().received()).orElse(0L)
        + audio.map(track -> track.packets().received()).orElse(0L);
  }
}
