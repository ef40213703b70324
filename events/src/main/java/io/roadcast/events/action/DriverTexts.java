package io.roadcast.events.action;

import io.roadcast.events.SafetyEvent;

/** Tells drivers something (0x8300). Called on a virtual thread; may block. */
@FunctionalInterface
public interface DriverTexts {
  /**
   * @param task a call with the same one is the same wish
   */
  void tell(SafetyEvent event, String text, String task) throws ActionFailedException;
}
