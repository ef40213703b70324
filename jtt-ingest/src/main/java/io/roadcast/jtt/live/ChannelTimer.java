package io.roadcast.jtt.live;

/** What a channel's timer is for; it has one at most. */
enum ChannelTimer {
  NONE,
  /** Until the answer to the request must be there, one way or the other. */
  ANSWER,
  /** Until media must come after the acknowledgement. */
  MEDIA,
  /** Until media may still come after a refusal: some terminals refuse and send. */
  REFUSAL,
  /** Until a codec must be known once something has come. */
  CODEC,
  /** Until the answer to the wish to go on must be there. */
  RESUME,
  /** Until a stream that is live counts as good. */
  PROOF,
  GRACE,
  /** Until media must have ended after the close. */
  STOP,
  /** Terminals that are asked right after a close send nothing. */
  SETTLE,
  BACKOFF
}
