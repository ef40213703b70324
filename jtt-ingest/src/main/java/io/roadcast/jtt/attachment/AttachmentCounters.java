package io.roadcast.jtt.attachment;

import io.roadcast.jtt.port.ReasonCounts;
import java.util.concurrent.atomic.LongAdder;

/** What happened at the attachment port. Any thread. */
final class AttachmentCounters {
  final ReasonCounts<AttachmentFault> refused = new ReasonCounts<>(AttachmentFault.class);
  final ReasonCounts<AttachmentClose> closed = new ReasonCounts<>(AttachmentClose.class);
  final LongAdder connections = new LongAdder();
  final LongAdder requested = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder repeatedBytes = new LongAdder();
  final LongAdder askedAgain = new LongAdder();
  final LongAdder complete = new LongAdder();
  final LongAdder partial = new LongAdder();
  final LongAdder attached = new LongAdder();
}
