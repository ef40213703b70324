package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * 0x0801, from the terminal: a picture, sound or video; {@link MediaUploadAnswer} follows.
 *
 * @param type 0 picture, 1 sound, 2 video
 * @param format 0 JPEG, 1 TIF, 2 MP3, 3 WAV, 4 WMV
 * @param event 0 ordered, 1 timed, 2 robbery alarm, 3 collision or rollover, others by edition
 * @param location where it was made; null in 2011
 * @param part which part of the media this is; only in 2011, else null
 */
public record MediaUpload(
    long mediaId,
    int type,
    int format,
    int event,
    int channel,
    @Nullable Location location,
    @Nullable MediaPart part,
    Bytes data)
    implements Jt808Message {
  public static final int ID = 0x0801;

  /** Id, type, format, event and channel. */
  static final int DESCRIPTION_BYTES = 8;

  /** What stands before the data from 2013 on. */
  static final int HEAD_BYTES = DESCRIPTION_BYTES + Location.BYTES;

  static final MessageCodec<MediaUpload> CODEC =
      MessageCodec.byLayout(ID, MediaUpload.class, MediaUpload::read, MediaUpload::write);

  @Override
  public int id() {
    return ID;
  }

  /**
   * The media id with which a body begins.
   *
   * @param body of four bytes or more
   */
  public static long mediaId(Bytes body) {
    return (long) body.at(0) << 24 | body.at(1) << 16 | body.at(2) << 8 | body.at(3);
  }

  private static MediaUpload read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    boolean of2011 = layout == ProtocolVersion.V2011;
    return new MediaUpload(
        in.u32(),
        in.u8(),
        in.u8(),
        in.u8(),
        in.u8(),
        of2011 ? null : Location.read(in),
        of2011 ? MediaPart.read(in) : null,
        in.rest());
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    out.u32(mediaId).u8(type).u8(format).u8(event).u8(channel);
    if (layout == ProtocolVersion.V2011) {
      required(part, layout).write(out);
    } else {
      required(location, layout).write(out);
    }
    out.bytes(data);
  }

  private static <T> T required(@Nullable T component, ProtocolVersion layout) {
    if (component == null) {
      throw new IllegalArgumentException("incomplete for a body of " + layout.year());
    }
    return component;
  }
}
