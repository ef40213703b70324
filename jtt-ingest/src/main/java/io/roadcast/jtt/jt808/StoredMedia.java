package io.roadcast.jtt.jt808;

import org.jspecify.annotations.Nullable;

/**
 * A picture, sound or video that a terminal has kept.
 *
 * @param mediaId null in 2011, which does not send it
 * @param type 0 picture, 1 sound, 2 video
 * @param event why it was made
 * @param location where it was made
 */
public record StoredMedia(
    @Nullable Long mediaId, int type, int channel, int event, Location location) {
  static StoredMedia read(BodyReader in, ProtocolVersion layout) throws MalformedMessageException {
    return new StoredMedia(
        layout == ProtocolVersion.V2011 ? null : in.u32(),
        in.u8(),
        in.u8(),
        in.u8(),
        Location.read(in));
  }

  static int bytes(ProtocolVersion layout) {
    return Location.BYTES + (layout == ProtocolVersion.V2011 ? 3 : 7);
  }

  void write(BodyWriter out, ProtocolVersion layout) {
    if (layout != ProtocolVersion.V2011) {
      out.u32(mediaId == null ? 0 : mediaId);
    }
    out.u8(type).u8(channel).u8(event);
    location.write(out);
  }
}
