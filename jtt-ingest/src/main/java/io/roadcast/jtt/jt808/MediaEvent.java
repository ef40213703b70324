package io.roadcast.jtt.jt808;

/**
 * 0x0800, from the terminal: a picture, sound or video was made.
 *
 * @param mediaId above 0
 * @param type 0 picture, 1 sound, 2 video
 * @param format 0 JPEG, 1 TIF, 2 MP3, 3 WAV, 4 WMV
 * @param event 0 ordered, 1 timed, 2 robbery alarm, 3 collision or rollover, others by edition
 */
public record MediaEvent(long mediaId, int type, int format, int event, int channel)
    implements Jt808Message {
  public static final int ID = 0x0800;

  static final MessageCodec<MediaEvent> CODEC =
      MessageCodec.of(ID, MediaEvent.class, MediaEvent::read, MediaEvent::write);

  @Override
  public int id() {
    return ID;
  }

  private static MediaEvent read(BodyReader in) throws MalformedMessageException {
    return new MediaEvent(in.u32(), in.u8(), in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u32(mediaId).u8(type).u8(format).u8(event).u8(channel);
  }
}
