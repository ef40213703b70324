package io.roadcast.jtt.jt808;

/**
 * 0x0108, from the terminal: how an upgrade ended.
 *
 * @param target 0 the terminal, 12 IC card reader, 52 satellite receiver, 0x64-0x67 safety
 *     peripherals
 * @param result 0 success, 1 failure, 2 cancelled; 0x10-0x13 from safety peripherals
 */
public record UpgradeResult(int target, int result) implements Jt808Message {
  public static final int ID = 0x0108;

  static final MessageCodec<UpgradeResult> CODEC =
      MessageCodec.of(ID, UpgradeResult.class, UpgradeResult::read, UpgradeResult::write);

  @Override
  public int id() {
    return ID;
  }

  private static UpgradeResult read(BodyReader in) throws MalformedMessageException {
    return new UpgradeResult(in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(target).u8(result);
  }
}
