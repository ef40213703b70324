package io.roadcast.events.action;

import io.roadcast.events.SafetyEvent;

/** Asks terminals for the files of alarms (0x9208). Called on a virtual thread; may block. */
@FunctionalInterface
public interface AttachmentRequests {
  /**
   * @param event that has files; may be asked for again if a call before failed
   */
  void ask(SafetyEvent event) throws ActionFailedException;
}
