package io.roadcast.jtt.jt808;

/**
 * 0x8203, to the terminal: a person has seen an alarm.
 *
 * @param alarmSerial of the report to confirm, 0 for all alarms of the types
 * @param types bits 0, 3, 20, 21, 22, 27, 28 as in the alarm flags
 */
public record AlarmConfirmation(int alarmSerial, long types) implements Jt808Message {
  public static final int ID = 0x8203;

  static final MessageCodec<AlarmConfirmation> CODEC =
      MessageCodec.of(
          ID, AlarmConfirmation.class, AlarmConfirmation::read, AlarmConfirmation::write);

  @Override
  public int id() {
    return ID;
  }

  private static AlarmConfirmation read(BodyReader in) throws MalformedMessageException {
    return new AlarmConfirmation(in.u16(), in.u32());
  }

  private void write(BodyWriter out) {
    out.u16(alarmSerial).u32(types);
  }
}
