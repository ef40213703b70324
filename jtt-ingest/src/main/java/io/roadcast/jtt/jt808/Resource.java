package io.roadcast.jtt.jt808;

/**
 * A recording that a terminal has kept (JT/T 1078, 0x1205).
 *
 * @param channel logical channel
 * @param alarms bits 0-31 the alarm flags of JT/T 808, 32-63 those of item 0x14; some terminals
 *     write the halves the other way round
 * @param media 0 sound and video, 1 sound, 2 video
 * @param stream 1 main, 2 sub
 * @param storage 1 main, 2 backup
 * @param size bytes
 */
public record Resource(
    int channel,
    TerminalTime from,
    TerminalTime to,
    long alarms,
    int media,
    int stream,
    int storage,
    long size) {
  static final int BYTES = 28;

  static Resource read(BodyReader in) throws MalformedMessageException {
    return new Resource(
        in.u8(), in.time(), in.time(), in.u64(), in.u8(), in.u8(), in.u8(), in.u32());
  }

  void write(BodyWriter out) {
    out.u8(channel).time(from).time(to).u64(alarms).u8(media).u8(stream).u8(storage).u32(size);
  }
}
