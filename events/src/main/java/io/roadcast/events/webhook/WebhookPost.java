package io.roadcast.events.webhook;

import java.util.UUID;

/** Sends one message. Any thread; blocks until it is answered, or the patience ends. */
@FunctionalInterface
interface WebhookPost extends AutoCloseable {
  /** It was not taken. */
  final class NotTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param code stable
     */
    NotTakenException(String code) {
      super(code);
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
