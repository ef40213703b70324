package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.PlatformAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How packages are answered, of which the standard leaves the choice: each for itself, or the
 * message as a whole. Packages of positions are answered when the whole message is safe, so that a
 * terminal never forgets one that we could still lose; all others when they come. A terminal that
 * sends the next package only after the answer to the one before shows that by repeating it, and is
 * answered one by one from then on. Belongs to the session's event loop.
 */
final class PackagedAnswers {
  private static final int REMEMBERED = 64;

  private record Key(int messageId, int total, int firstSerial) {
    static Key of(Jt808Header part) {
      return new Key(part.messageId(), part.packageTotal(), part.firstSerial());
    }
  }

  private final LinkSession session;
  private final Map<Key, List<Jt808Header>> unanswered = new LinkedHashMap<>();
  private final Map<Key, Jt808Message> answers = new LinkedHashMap<>();
  private boolean oneByOne;

  PackagedAnswers(LinkSession session) {
    this.session = session;
  }

  /** A package came, and others of its message are missing. */
  void waiting(Jt808Header part) {
    if (oneByOne || !isPosition(part.messageId())) {
      session.answerAlone(part, LinkSession.SUCCESS);
      return;
    }
    Key key = Key.of(part);
    List<Jt808Header> those = unanswered.get(key);
    if (those == null) {
      those = new ArrayList<>();
      put(unanswered, key, those);
    }
    oneByOne = those.stream().anyMatch(each -> each.packageIndex() == part.packageIndex());
    if (oneByOne) {
      unanswered.remove(key);
      those.forEach(each -> session.answerAlone(each, LinkSession.SUCCESS));
    } else {
      those.add(part);
    }
  }

  private static boolean isPosition(int messageId) {
    return messageId == LocationReport.ID || messageId == LocationBatch.ID;
  }

  /**
   * A whole message is answered.
   *
   * @param last the package that completed it
   */
  void answer(Jt808Header last, int result) {
    Key key = Key.of(last);
    List<Jt808Header> those = unanswered.remove(key);
    if (those != null) {
      those.forEach(each -> session.answerAlone(each, result));
    }
    session.answerAlone(last, result);
    put(answers, key, new PlatformAnswer(last.serial(), last.messageId(), result));
  }

  /** A whole message was answered with one of its own. */
  void answeredWith(Jt808Header last, Jt808Message answer) {
    put(answers, Key.of(last), answer);
  }

  /** A package of a message that was complete: its answer got lost, or is still to come. */
  void repeated(Jt808Header part) {
    @Nullable Jt808Message answer = answers.get(Key.of(part));
    if (answer instanceof PlatformAnswer(int _, int _, int result)) {
      session.answerAlone(part, result);
    } else if (answer != null) {
      session.answerWith(answer);
    }
  }

  /** A whole message is not kept. */
  void forget(Jt808Header part) {
    unanswered.remove(Key.of(part));
    answers.remove(Key.of(part));
  }

  private static <V> void put(Map<Key, V> map, Key key, V value) {
    map.remove(key);
    if (map.size() == REMEMBERED) {
      map.remove(map.keySet().iterator().next());
    }
    map.put(key, value);
  }
}
