package io.roadcast.recorder.playback;

import io.roadcast.media.Codec;
import java.nio.ByteBuffer;
import java.util.List;

/** A picture, or a frame of sound, as it was recorded. */
sealed interface RecordedFrame {
  /** When it was, in microseconds since 1970. */
  long micros();

  /** An access unit without start codes. */
  record Picture(Codec codec, boolean keyframe, long micros, List<ByteBuffer> nalUnits)
      implements RecordedFrame {}

  /** AAC with an ADTS header. */
  record Sound(long micros, ByteBuffer adts) implements RecordedFrame {}
}
