package io.roadcast.jtt.jsatl12;

import io.roadcast.jtt.jt808.BodyReader;
import io.roadcast.jtt.jt808.MalformedMessageException;

/**
 * How every safety alarm begins.
 *
 * @param id counts all alarms of a terminal, DWORD
 * @param state 0 a single event, 1 begin, 2 end
 */
public record AlarmHead(long id, int state) {
  static AlarmHead read(BodyReader in) throws MalformedMessageException {
    return new AlarmHead(in.u32(), in.u8());
  }
}
