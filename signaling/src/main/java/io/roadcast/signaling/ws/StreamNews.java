package io.roadcast.signaling.ws;

import java.util.Locale;

/** What can become of a stream. */
enum StreamNews {
  STARTED,
  CHANGED,
  INTERRUPTED,
  RESUMED,
  STOPPED;

  /** The message's type. */
  String label() {
    return "stream." + name().toLowerCase(Locale.ROOT);
  }
}
