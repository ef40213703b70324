package io.roadcast.jtt.jt808;

/**
 * 0x9003, to the terminal: asks for its sound and video formats; {@link AudioVideoAttributes}
 * follows.
 */
public record AudioVideoQuery() implements Jt808Message {
  public static final int ID = 0x9003;

  static final MessageCodec<AudioVideoQuery> CODEC =
      MessageCodec.empty(ID, AudioVideoQuery.class, AudioVideoQuery::new);

  @Override
  public int id() {
    return ID;
  }
}
