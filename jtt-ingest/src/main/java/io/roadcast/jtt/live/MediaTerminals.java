package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.jt1078.ExpectedTerminals;
import io.roadcast.jtt.jt1078.TerminalId;
import io.roadcast.jtt.jt1078.UplinkTotals;
import io.roadcast.media.Codec;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.StreamId;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the media ports are told of terminals: who is connected, by which name, and who pays. */
public final class MediaTerminals implements ExpectedTerminals {
  private final TerminalLinks links;
  private final Function<byte[], Optional<String>> names;
  private final DataUsage usage;
  private final TerminalUplinks uplinks;
  private final Predicate<StreamId> paused;
  private final TerminalFormats formats;
  private final Function<String, Optional<Codec>> sounds;

  /**
   * @param names the digits that a terminal signals with, by the raw id of its media packets, if
   *     the fleet knows it; must not block
   * @param formats what terminals have said of their sound
   * @param paused whether a channel was told to send nothing for a while; must not block
   * @param sounds the codec of a terminal's sound where that is configured, by its digits
   */
  public MediaTerminals(
      TerminalLinks links,
      Function<byte[], Optional<String>> names,
      DataUsage usage,
      TerminalUplinks uplinks,
      TerminalFormats formats,
      Predicate<StreamId> paused,
      Function<String, Optional<Codec>> sounds) {
    this.sounds = sounds;
    this.links = links;
    this.names = names;
    this.usage = usage;
    this.uplinks = uplinks;
    this.formats = formats;
    this.paused = paused;
  }

  @Override
  public Optional<Codec> soundOf(String name) {
    return sounds.apply(name);
  }

  @Override
  public boolean expects(TerminalId terminal) {
    return links.find(nameOf(terminal)).isPresent();
  }

  /** A terminal that is connected under this very number needs no looking up. */
  @Override
  public String nameOf(TerminalId terminal) {
    String digits = terminal.digits();
    return links.find(digits).isPresent() ? digits : names.apply(terminal.raw()).orElse(digits);
  }

  @Override
  public LongAdder trafficOf(StreamId channel) {
    return usage.of(channel);
  }

  @Override
  public UplinkTotals totalsOf(StreamId channel) {
    return uplinks.of(channel);
  }

  @Override
  public ExpectedSound soundExpectedOf(StreamId channel) {
    return formats.sound(channel.terminal());
  }

  @Override
  public boolean paused(StreamId channel) {
    return paused.test(channel);
  }
}
