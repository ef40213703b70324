package io.roadcast.jtt.attachment;

/** Where files of alarms are tied to what they belong to. */
@FunctionalInterface
public interface AttachmentSink {
  /**
   * Takes note of a file; called again with the same id if that is not known to have worked, after
   * a restart too. May block.
   *
   * @throws RuntimeException if it can not be done now; it is tried again later
   */
  void attach(Attachment file);
}
