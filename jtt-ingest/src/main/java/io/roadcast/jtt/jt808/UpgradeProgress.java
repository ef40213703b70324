package io.roadcast.jtt.jt808;

/**
 * 0x1FC4, from the terminal: how far an upgrade is (T/GDRTA 002).
 *
 * @param upgradeSerial serial number of the {@link UpgradePackage}
 * @param target as in {@link UpgradeResult}
 * @param state 1 downloading, 2 downloaded, 3 download failed, 4 installing, 5 done, 6 failed, 7
 *     target missing, 8 hardware not supported, 9 same version, 10 version not supported, 11 other
 */
public record UpgradeProgress(int upgradeSerial, int target, int state, int percent, int error)
    implements Jt808Message {
  public static final int ID = 0x1FC4;

  static final MessageCodec<UpgradeProgress> CODEC =
      MessageCodec.of(ID, UpgradeProgress.class, UpgradeProgress::read, UpgradeProgress::write);

  @Override
  public int id() {
    return ID;
  }

  private static UpgradeProgress read(BodyReader in) throws MalformedMessageException {
    return new UpgradeProgress(in.u16(), in.u8(), in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u16(upgradeSerial).u8(target).u8(state).u8(percent).u8(error);
  }
}
