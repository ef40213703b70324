package io.roadcast.signaling.terminal;

import io.roadcast.fleet.access.Resource;
import io.roadcast.jtt.multimedia.MediaPosition;
import io.roadcast.jtt.multimedia.MediaRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A picture, sound or video of a terminal as the API shows it.
 *
 * @param content where its bytes are
 */
public record MediaView(
    UUID id,
    String terminal,
    @Nullable UUID vehicle,
    int channel,
    long mediaId,
    String kind,
    String format,
    String event,
    Instant at,
    Instant receivedAt,
    @Nullable Spot position,
    long bytes,
    String sha256,
    @Nullable UUID command,
    String content) {
  /** Where it was made. */
  public record Spot(
      double latitude,
      double longitude,
      int altitudeM,
      double speedKmh,
      int direction,
      boolean positioned) {
    private static Spot of(MediaPosition position) {
      return new Spot(
          position.latitude(),
          position.longitude(),
          position.altitude(),
          position.speed(),
          position.direction(),
          position.positioned());
    }
  }

  public static MediaView of(MediaRecord media) {
    MediaPosition position = media.position();
    return new MediaView(
        media.id(),
        media.terminal(),
        media.owner().vehicle(),
        media.channel(),
        media.mediaId(),
        media.kind().label(),
        media.formatName().label(),
        eventLabel(media.event()),
        media.at(),
        media.receivedAt(),
        position == null ? null : Spot.of(position),
        media.bytes(),
        media.sha256(),
        media.command(),
        "/api/v1/media/" + media.id() + "/content");
  }

  /**
   * Why something was recorded; beyond these editions differ.
   *
   * @param code of JT/T 808
   */
  public static String eventLabel(int code) {
    return switch (code) {
      case 0 -> "ordered";
      case 1 -> "timed";
      case 2 -> "robbery_alarm";
      case 3 -> "collision_or_rollover";
      default -> "event_" + code;
    };
  }

  /** What a file is to those who ask whether they may have it: whose it was when it came. */
  public static Resource resource(MediaRecord media) {
    UUID organization = media.owner().organization();
    return organization == null
        ? Resource.terminal(media.terminal())
        : Resource.terminal(media.terminal(), organization);
  }
}
