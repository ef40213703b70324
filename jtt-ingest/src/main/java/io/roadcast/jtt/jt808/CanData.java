package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x0705, from the terminal: what was on the vehicle's bus.
 *
 * @param receivedAt BCD[5] hhmmssmsms, when the first was received
 */
public record CanData(Bytes receivedAt, List<CanFrame> frames) implements Jt808Message {
  public static final int ID = 0x0705;

  static final MessageCodec<CanData> CODEC =
      MessageCodec.of(ID, CanData.class, CanData::read, CanData::write);

  @Override
  public int id() {
    return ID;
  }

  private static final int TIME_BYTES = 5;

  public CanData {
    frames = List.copyOf(frames);
  }

  private static CanData read(BodyReader in) throws MalformedMessageException {
    int count = in.u16();
    return new CanData(in.bytes(TIME_BYTES), in.list(count, CanFrame::read));
  }

  private void write(BodyWriter out) {
    out.u16(frames.size()).bytes(receivedAt, TIME_BYTES).list(frames, CanFrame::write);
  }
}
