package io.roadcast.recorder.playback;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.h265.H265NalType;
import io.roadcast.media.mp4.CodecSetup;
import io.roadcast.media.mp4.FragmentSamples.Sample;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes of samples what a publication takes. */
final class FrameMaker {
  private static final int ADTS_BYTES = 7;
  private static final int MAX_ADTS_BYTES = (1 << 13) - 1;

  private final CodecSetup setup;

  FrameMaker(CodecSetup setup) {
    this.setup = setup;
  }

  /**
   * @param bytes that the sample lies in; the picture is a view of them
   */
  RecordedFrame.Picture picture(ByteBuffer bytes, Sample sample, long micros)
      throws MalformedMediaException {
    List<ByteBuffer> units = new ArrayList<>();
    int end = sample.offset() + sample.length();
    for (int at = sample.offset(); at < end; ) {
      int length = 0;
      for (int i = 0; i < setup.lengthBytes() && at < end; i++) {
        length = length << 8 | bytes.get(at++) & 0xff;
      }
      if (length < 0 || length > end - at) {
        throw new MalformedMediaException("a NAL unit that does not end in its sample");
      }
      if (length > 0) {
        units.add(bytes.slice(at, length));
      }
      at += length;
    }
    if (units.isEmpty()) {
      throw new MalformedMediaException("a picture without NAL units");
    }
    if (sample.keyframe() && units.stream().noneMatch(this::isSequenceSet)) {
      units.addAll(0, setup.parameterSets());
    }
    return new RecordedFrame.Picture(setup.codec(), sample.keyframe(), micros, units);
  }

  private boolean isSequenceSet(ByteBuffer unit) {
    return setup.codec() == Codec.H264
        ? H264NalType.of(unit) == H264NalType.SPS
        : H265NalType.of(unit) == H265NalType.SPS;
  }

  /** With a header that says all that its decoder must know (ISO/IEC 13818-7 section 6.2). */
  RecordedFrame.Sound sound(ByteBuffer bytes, Sample sample, long micros)
      throws MalformedMediaException {
    CodecSetup.Sound sound = setup.sound();
    int length = ADTS_BYTES + sample.length();
    if (sound == null || sound.config().remaining() < 2 || length > MAX_ADTS_BYTES) {
      throw new MalformedMediaException("sound of " + sample.length() + " bytes");
    }
    int config = sound.config().getShort(sound.config().position()) & 0xffff;
    int objectType = config >> 11;
    int rate = config >> 7 & 15;
    int channels = config >> 3 & 15;
    ByteBuffer adts = ByteBuffer.allocate(length);
    adts.put((byte) 0xff).put((byte) 0xf1);
    adts.put((byte) (objectType - 1 << 6 | rate << 2 | channels >> 2));
    adts.put((byte) (channels << 6 | length >> 11));
    adts.put((byte) (length >> 3));
    adts.put((byte) (length << 5 | 0x1f));
    adts.put((byte) 0xfc);
    adts.put(bytes.slice(sample.offset(), sample.length()));
    return new RecordedFrame.Sound(micros, adts.flip());
  }
}
