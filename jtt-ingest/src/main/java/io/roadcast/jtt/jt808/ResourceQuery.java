package io.roadcast.jtt.jt808;

/**
 * 0x9205, to the terminal: which recordings has it (JT/T 1078); {@link ResourceList} follows.
 *
 * @param channel 0 for all
 * @param from {@link TerminalTime#NONE} for no bound
 * @param to {@link TerminalTime#NONE} for no bound
 * @param alarms bits 0-31 the alarm flags of JT/T 808, 32-63 those of item 0x14; 0 for any
 * @param media 0 sound and video, 1 sound, 2 video, 3 video or sound and video
 * @param stream 0 any, 1 main, 2 sub; not the numbers of {@link LiveRequest}
 * @param storage 0 any, 1 main, 2 backup
 */
public record ResourceQuery(
    int channel,
    TerminalTime from,
    TerminalTime to,
    long alarms,
    int media,
    int stream,
    int storage)
    implements Jt808Message {
  public static final int ID = 0x9205;

  static final MessageCodec<ResourceQuery> CODEC =
      MessageCodec.of(ID, ResourceQuery.class, ResourceQuery::read, ResourceQuery::write);

  @Override
  public int id() {
    return ID;
  }

  private static ResourceQuery read(BodyReader in) throws MalformedMessageException {
    return new ResourceQuery(in.u8(), in.time(), in.time(), in.u64(), in.u8(), in.u8(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(channel).time(from).time(to).u64(alarms).u8(media).u8(stream).u8(storage);
  }
}
