package io.roadcast.media.ffmpeg;

import io.roadcast.media.audio.FrameHeader;
import io.roadcast.media.audio.FrameSplitter;
import io.roadcast.media.audio.SoundDecoder;
import java.nio.ByteBuffer;

/** Sound whose frames say how long they are, in pieces of any length. */
final class FramedSoundDecoder implements SoundDecoder {
  private final FrameSplitter splitter;
  private final SoundDecoder decoder;

  /**
   * @param decoder of whole frames; closed with this
   */
  FramedSoundDecoder(FrameHeader header, SoundDecoder decoder) {
    this.splitter = new FrameSplitter(header);
    this.decoder = decoder;
  }

  @Override
  public void decode(ByteBuffer piece, long stampMicros, Output out) {
    splitter.split(piece, frame -> decoder.decode(frame, stampMicros, out), out::damaged);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
