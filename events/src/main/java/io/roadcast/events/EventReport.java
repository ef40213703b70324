package io.roadcast.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event, or an end of it, as it was reported.
 *
 * @param identity what makes two reports the same one, as long as terminal and source are the same
 * @param fold what joins the end of an interval to its beginning
 * @param severity before any rule
 * @param details a JSON object
 */
public record EventReport(
    Phase phase,
    String identity,
    String fold,
    EventType type,
    Severity severity,
    String source,
    String terminal,
    EventOwner owner,
    @Nullable Integer channel,
    @Nullable EventPlace place,
    @Nullable LocalDateTime deviceTime,
    Instant at,
    Instant receivedAt,
    boolean backlog,
    @Nullable EventFiles files,
    String details)
    implements Reported {
  /** Which part of an event. */
  public enum Phase {
    /** It has no length. */
    POINT,
    BEGIN,
    END
  }

  /** Of what makes it the same as another, 16 bytes. */
  public byte[] key() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String text = terminal + "\n" + source + "\n" + phase + "\n" + identity;
      byte[] whole = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(whole, 16);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing); // every JDK has it
    }
  }

  /** What is sent late is joined only to what was sent late. */
  public String foldKey() {
    return (backlog ? "late " : "live ") + source + " " + fold;
  }
}
