package io.roadcast.jtt.jt808;

/** What became of a part of a sub-packaged message. */
public sealed interface Assembly {
  /** It was the last one missing. */
  record Complete(WholeMessage message) implements Assembly {}

  /** Others are missing; the part is kept, or was there before. */
  record Waiting(int received, int total) implements Assembly {}

  /** The message was complete before this repeated part came: answer it, nothing else. */
  record Repeated() implements Assembly {}

  /** It is not kept. */
  record Rejected(PartFault fault) implements Assembly {}
}
