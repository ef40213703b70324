package io.roadcast.signaling.ws;

import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.multimedia.MediaFormat;
import io.roadcast.jtt.multimedia.MediaKind;
import io.roadcast.jtt.multimedia.MediaRecord;
import io.roadcast.signaling.terminal.MediaView;

/** A picture, sound or video of a terminal is there, or will be. */
sealed interface MediaMessage {
  /** It can be asked for. */
  record Kept(String type, MediaView media) implements MediaMessage {}

  /**
   * The terminal says that it recorded something (0x0800), which it may send later or never.
   *
   * @param terminal digits without leading zeros
   * @param mediaId the terminal's own number of it
   */
  record Announced(
      String type,
      String terminal,
      int channel,
      long mediaId,
      String kind,
      String format,
      String event)
      implements MediaMessage {}

  static MediaMessage of(MediaRecord media) {
    return new Kept("terminal.media", MediaView.of(media));
  }

  static MediaMessage of(String terminal, MediaEvent event) {
    return new Announced(
        "terminal.media_announced",
        terminal,
        event.channel(),
        event.mediaId(),
        MediaKind.ofType(event.type()).label(),
        MediaFormat.of(event.format()).label(),
        MediaView.eventLabel(event.event()));
  }
}
