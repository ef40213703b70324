package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A terminal that does what it is told, or refuses, or says nothing, or says it too late, and whose
 * media come when they like.
 */
final class MoodyTerminal {
  private final Random random;
  private final Agenda agenda;
  private final Consumer<ChannelEvent> channel;
  private final Supplier<MediaPresence> known;
  private final CharSequence story;
  private final List<Long> unanswered = new ArrayList<>();
  private boolean connected = true;
  private boolean toldToSend;
  private boolean sending;
  private int mediaTurn;
  private int requests;

  /**
   * @param channel is told what happens
   * @param known the media that the channel knows of
   * @param story what happened so far, for who has to find out why something failed
   */
  MoodyTerminal(
      Random random,
      Agenda agenda,
      Consumer<ChannelEvent> channel,
      Supplier<MediaPresence> known,
      CharSequence story) {
    this.random = random;
    this.agenda = agenda;
    this.channel = channel;
    this.known = known;
    this.story = story;
  }

  boolean connected() {
    return connected;
  }

  /** Whether the last thing it heard was to send. */
  boolean toldToSend() {
    return toldToSend;
  }

  boolean sending() {
    return sending;
  }

  void disconnect(CommandOutcome outcome) {
    connected = false;
    for (long number : List.copyOf(unanswered)) {
      unanswered.remove(number);
      channel.accept(new ChannelEvent.Answered(number, outcome));
    }
  }

  void reconnect() {
    disconnect(connected ? CommandOutcome.REPLACED : CommandOutcome.LOST);
    connected = true;
    channel.accept(new ChannelEvent.TerminalOnline());
  }

  void asked(long number) {
    unanswered.clear(); // Whatever is said to an earlier command is stale.
    if (!connected) {
      agenda.after(
          0, () -> channel.accept(new ChannelEvent.Answered(number, CommandOutcome.NOT_SENT)));
      return;
    }
    requests++;
    assertThat(requests).as("requests without a close between:%n%s", story).isEqualTo(1);
    toldToSend = true;
    answerSomehow(number);
    int mood = random.nextInt(10);
    if (mood < 7) {
      media(true, random.nextInt(mood < 4 ? 3_000 : 15_000));
    }
  }

  void closed(long number) {
    if (!connected) {
      agenda.after(
          0, () -> channel.accept(new ChannelEvent.Answered(number, CommandOutcome.NOT_SENT)));
      return;
    }
    requests = 0;
    toldToSend = false;
    unanswered.clear(); // Whatever is said to an earlier command is stale.
    answerSomehow(number);
    if (random.nextInt(8) != 0) {
      media(false, random.nextInt(3_000));
    }
  }

  /** Pictures may go on, stop or break off, whatever it answers. */
  void told(long number) {
    unanswered.clear(); // Whatever is said to an earlier command is stale.
    if (!connected) {
      agenda.after(
          0, () -> channel.accept(new ChannelEvent.Answered(number, CommandOutcome.NOT_SENT)));
    } else {
      answerSomehow(number);
    }
  }

  private void answerSomehow(long number) {
    unanswered.add(number);
    int mood = random.nextInt(12);
    if (mood < 8) {
      answer(number, random.nextInt(8_000), CommandOutcome.ACCEPTED);
      if (mood == 0) {
        answer(number, random.nextInt(30_000), CommandOutcome.REFUSED); // a duplicate
      }
    } else if (mood < 10) {
      answer(number, random.nextInt(8_000), CommandOutcome.REFUSED);
    } else if (mood == 10) {
      answer(number, 8_000, CommandOutcome.SILENT);
    } // else: not even the time-out is told
  }

  private void answer(long number, long delay, CommandOutcome outcome) {
    agenda.after(
        delay,
        () -> {
          unanswered.remove(number);
          channel.accept(new ChannelEvent.Answered(number, outcome));
        });
  }

  void media(boolean on, long delay) {
    int turn = ++mediaTurn;
    if (!on) {
      agenda.after(delay, () -> presence(turn, MediaPresence.NONE));
      return;
    }
    int mood = random.nextInt(6);
    if (mood < 2) {
      agenda.after(delay, () -> presence(turn, MediaPresence.STARTED));
    } else if (mood == 2) {
      agenda.after(delay, () -> presence(turn, MediaPresence.SOUND));
    }
    if (mood != 0) {
      agenda.after(delay + random.nextInt(4_000), () -> presence(turn, MediaPresence.PICTURE));
    }
    if (random.nextInt(3) == 0) {
      agenda.after(
          delay + 4_000 + random.nextInt(40_000), () -> presence(turn, MediaPresence.NONE));
    }
  }

  private void presence(int turn, MediaPresence presence) {
    boolean overtaken = turn != mediaTurn;
    if (!overtaken && presence != known.get()) {
      sending = presence != MediaPresence.NONE;
      channel.accept(new ChannelEvent.Media(presence));
    }
  }
}
