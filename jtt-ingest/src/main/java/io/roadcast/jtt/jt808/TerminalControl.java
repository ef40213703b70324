package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * 0x8105, to the terminal: a command to the terminal itself.
 *
 * @param command 1 upgrade, 2 connect to another server, 3 power off, 4 reset, 5 factory settings,
 *     6 close the data link, 7 close all radio; others by vendor
 * @param argument fields separated by semicolons; null for none
 */
public record TerminalControl(int command, @Nullable GbkText argument) implements Jt808Message {
  public static final int ID = 0x8105;

  static final MessageCodec<TerminalControl> CODEC =
      MessageCodec.of(ID, TerminalControl.class, TerminalControl::read, TerminalControl::write);

  @Override
  public int id() {
    return ID;
  }

  private static TerminalControl read(BodyReader in) throws MalformedMessageException {
    return new TerminalControl(in.u8(), in.isAtEnd() ? null : in.restText());
  }

  private void write(BodyWriter out) {
    out.u8(command);
    if (argument != null) {
      out.text(argument);
    }
  }
}
