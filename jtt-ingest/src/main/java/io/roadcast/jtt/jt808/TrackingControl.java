package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * 0x8202, to the terminal: report the location more often for a while.
 *
 * @param intervalSeconds between reports, 0 to end
 * @param durationSeconds for how long; null to end
 */
public record TrackingControl(int intervalSeconds, @Nullable Long durationSeconds)
    implements Jt808Message {
  public static final int ID = 0x8202;

  static final MessageCodec<TrackingControl> CODEC =
      MessageCodec.of(ID, TrackingControl.class, TrackingControl::read, TrackingControl::write);

  @Override
  public int id() {
    return ID;
  }

  private static TrackingControl read(BodyReader in) throws MalformedMessageException {
    return new TrackingControl(in.u16(), in.isAtEnd() ? null : in.u32());
  }

  private void write(BodyWriter out) {
    out.u16(intervalSeconds);
    if (durationSeconds != null) {
      out.u32(durationSeconds);
    }
  }
}
