package io.roadcast.events.webhook;

import java.util.Set;
import java.util.UUID;

/** Sends one message. Any thread; blocks until it is answered, or the patience ends. */
@FunctionalInterface
interface WebhookPost extends AutoCloseable {
  /** It was not taken. */
  final class NotTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whoever answers so is away, or busy, for every message. */
    private static final Set<String> NOBODY_AT_HOME =
        Set.of("STATUS_408", "STATUS_425", "STATUS_429", "STATUS_502", "STATUS_503", "STATUS_504");

    private final String code;

    /**
     * @param code stable
     */
    NotTakenException(String code) {
      super(code);
      this.code = code;
    }

    String code() {
      return code;
    }

    /** Whether the receiver read this message and does not want it. */
    boolean refused() {
      return code.startsWith("STATUS_") && !NOBODY_AT_HOME.contains(code);
    }
  }

  /**
   * @param delivery the same at each attempt
   * @throws NotTakenException with why
   */
  void send(Webhook webhook, UUID delivery, String body)
      throws NotTakenException, InterruptedException;

  /** What is being sent is broken off. */
  @Override
  default void close() {}
}
