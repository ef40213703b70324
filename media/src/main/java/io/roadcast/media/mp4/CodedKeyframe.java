package io.roadcast.media.mp4;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.mp4.FragmentSamples.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The first picture of a fragment: all that shows it alone, if it is a keyframe.
 *
 * @param codec H264 or H265
 * @param annexB parameter sets and the picture, with start codes
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record CodedKeyframe(Codec codec, byte[] annexB) {
  private static final byte[] START_CODE = {0, 0, 0, 1};
  private static final int LENGTH_BYTES = 4;

  /**
   * Takes it out of a file's header and a fragment.
   *
   * @param header ftyp and moov
   * @param fragment moof and mdat
   * @param track the track of pictures
   * @throws MalformedMediaException if there is none in them
   */
  public static CodedKeyframe read(byte[] header, byte[] fragment, int track)
      throws MalformedMediaException {
    CodecSetup setup = CodecSetup.of(MovieHeader.parse(header));
    ByteBuffer bytes = ByteBuffer.wrap(fragment);
    List<Sample> samples = FragmentSamples.of(bytes, track);
    if (samples.isEmpty() || setup.lengthBytes() != LENGTH_BYTES) {
      throw new MalformedMediaException("no pictures in a fragment");
    }
    ByteArrayOutputStream annexB = new ByteArrayOutputStream();
    for (ByteBuffer set : setup.parameterSets()) {
      byte[] unit = new byte[set.remaining()];
      set.duplicate().get(unit);
      annexB.writeBytes(START_CODE);
      annexB.writeBytes(unit);
    }
    Sample first = samples.getFirst();
    int end = first.offset() + first.length();
    for (int at = first.offset(); at < end; ) {
      int length = end - at < LENGTH_BYTES ? -1 : bytes.getInt(at);
      at += LENGTH_BYTES;
      if (length < 0 || length > end - at) {
        throw new MalformedMediaException("a NAL unit that is cut off");
      }
      annexB.writeBytes(START_CODE);
      annexB.write(fragment, at, length);
      at += length;
    }
    return new CodedKeyframe(setup.codec(), annexB.toByteArray());
  }
}
