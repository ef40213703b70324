package io.roadcast.jtt.jt808;

/**
 * 0x8801, to the terminal: take pictures or record; {@link CameraShotAnswer} follows.
 *
 * @param command 0 stop, 0xFFFF record video, else how many pictures
 * @param intervalSeconds between pictures, or how long to record; 0 is shortest, or without end
 * @param save 1 keep in the terminal, 0 send at once
 * @param resolution 1 320x240, 2 640x480, 3 800x600, 4 1024x768, 5 176x144, 6 352x288, 7 704x288, 8
 *     704x576
 * @param quality 1 best to 10 smallest
 * @param brightness 0-255
 * @param contrast 0-127
 * @param saturation 0-127
 * @param chroma 0-255
 */
public record CameraShot(
    int channel,
    int command,
    int intervalSeconds,
    int save,
    int resolution,
    int quality,
    int brightness,
    int contrast,
    int saturation,
    int chroma)
    implements Jt808Message {
  public static final int ID = 0x8801;

  static final MessageCodec<CameraShot> CODEC =
      MessageCodec.of(ID, CameraShot.class, CameraShot::read, CameraShot::write);

  @Override
  public int id() {
    return ID;
  }

  private static CameraShot read(BodyReader in) throws MalformedMessageException {
    return new CameraShot(
        in.u8(), in.u16(), in.u16(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel)
        .u16(command)
        .u16(intervalSeconds)
        .u8(save)
        .u8(resolution)
        .u8(quality)
        .u8(brightness)
        .u8(contrast)
        .u8(saturation)
        .u8(chroma);
  }
}
