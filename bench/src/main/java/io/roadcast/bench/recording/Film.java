package io.roadcast.bench.recording;

import io.roadcast.bench.picture.CodedPictures;
import io.roadcast.bench.sound.CodedSound;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import org.jspecify.annotations.Nullable;

/** What all streams show again and again: one group of pictures, and sound beside it. */
record Film(CodedPictures pictures, @Nullable Codec codec, @Nullable CodedSound sound) {
  private static final int SECONDS = 4;

  static Film make() throws Exception {
    return new Film(CodedPictures.of(Codec.H264, 0, "1280x720", SECONDS), null, null);
  }

  Film with(SoundCoding coding) {
    return new Film(pictures, coding.codec(), CodedSound.of(coding, SECONDS));
  }

  /** Of the pictures, in bits per second. */
  double bitRate() {
    return pictures.units().stream().mapToLong(unit -> unit.annexB().length).sum() * 8.0 / SECONDS;
  }
}
