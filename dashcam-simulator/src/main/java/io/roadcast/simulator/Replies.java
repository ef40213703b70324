package io.roadcast.simulator;

import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.MediaPart;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a terminal has to say to a command, and again what got lost of a picture. Used by one
 * thread, its terminal's.
 */
final class Replies {
  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private final String digits;
  private final SignallingTally tally;
  private final Map<Long, Integer> uploads = new HashMap<>();

  Replies(String digits, SignallingTally tally) {
    this.digits = digits;
    this.tally = tally;
  }

  /** At once, or after a while without anybody waiting for it. */
  void say(TerminalConnection connection, List<Jt808Message> said, Duration delay)
      throws IOException {
    tally.commands.increment();
    if (delay.isZero()) {
      say(connection, said);
    } else {
      Thread.ofVirtual().start(() -> sayLater(connection, said, delay));
    }
  }

  private void sayLater(TerminalConnection connection, List<Jt808Message> said, Duration delay) {
    try {
      Thread.sleep(delay);
      for (Jt808Message message : said) {
        connection.send(message);
      }
    } catch (IOException | InterruptedException gone) {
      log.debug("{}: an answer came too late: {}", digits, gone.toString());
    }
  }

  private void say(TerminalConnection connection, List<Jt808Message> said) throws IOException {
    for (Jt808Message message : said) {
      int first = connection.send(message);
      if (message instanceof MediaUpload upload) {
        MediaPart part = upload.part();
        uploads.put(upload.mediaId(), first);
        if (part == null || part.index() == part.total()) {
          tally.photos.increment();
        }
      }
    }
  }

  /** What is missing of an upload. */
  void sayAgain(TerminalConnection connection, MediaUploadAnswer answer) throws IOException {
    List<Integer> missing = answer.missing();
    Integer first = uploads.get(answer.mediaId());
    if (missing != null && first != null) {
      connection.sendAgain(first, missing);
    }
  }
}
