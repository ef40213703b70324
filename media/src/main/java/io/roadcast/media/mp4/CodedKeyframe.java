package io.roadcast.media.mp4;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first picture of a fragment, with what a decoder has to know before it: enough to show it
 * alone if it is a keyframe.
 *
 * @param codec H264 or H265
 * @param configuration of the decoder, as avcC or hvcC holds it (ISO/IEC 14496-15)
 * @param sample NAL units, each behind its length
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record CodedKeyframe(Codec codec, byte[] configuration, byte[] sample) {
  /** Of a sample entry, up to the boxes within it: its own fields and those of pictures. */
  private static final int VISUAL_ENTRY_BYTES = 8 + 70;

  private static final int DATA_OFFSET = 0x1;
  private static final int FIRST_FLAGS = 0x4;
  private static final int SAMPLE_DURATION = 0x100;
  private static final int SAMPLE_SIZE = 0x200;
  private static final int DEFAULT_SIZE = 0x10;

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
    ByteBuffer table = MovieHeader.parse(header).sampleDescriptions(track);
    // A full box with a count of entries, then the entries.
    for (Mp4Box entry : Mp4Box.list(table, 8 + 8, table.limit())) {
      int boxes = entry.content() + VISUAL_ENTRY_BYTES;
      if (boxes > entry.end()) {
        continue;
      }
      for (Mp4Box box : Mp4Box.list(table, boxes, entry.end())) {
        if (box.type().equals("avcC") || box.type().equals("hvcC")) {
          byte[] configuration = new byte[box.length()];
          table.get(box.content(), configuration);
          Codec codec = box.type().equals("avcC") ? Codec.H264 : Codec.H265;
          return new CodedKeyframe(codec, configuration, firstSample(fragment, track));
        }
      }
    }
    throw new MalformedMediaException("no pictures in track " + track);
  }

  private static byte[] firstSample(byte[] fragment, int track) throws MalformedMediaException {
    ByteBuffer bytes = ByteBuffer.wrap(fragment);
    Mp4Box moof = Mp4Box.list(bytes, 0, bytes.limit()).getFirst();
    for (Mp4Box traf : moof.children(bytes)) {
      if (traf.type().equals("traf")) {
        Mp4Box head = traf.need(bytes, "tfhd");
        if (word(bytes, head, 4) == track) {
          Mp4Box run = traf.need(bytes, "trun");
          return sample(fragment, bytes, head, run);
        }
      }
    }
    throw new MalformedMediaException("no pictures in a fragment");
  }

  private static byte[] sample(byte[] fragment, ByteBuffer bytes, Mp4Box head, Mp4Box run)
      throws MalformedMediaException {
    int flags = word(bytes, run, 0);
    if ((flags & DATA_OFFSET) == 0) {
      throw new MalformedMediaException("a trun that does not say where its samples are");
    }
    int at = word(bytes, run, 8);
    int size;
    if ((flags & SAMPLE_SIZE) != 0) {
      int field = 12 + ((flags & FIRST_FLAGS) != 0 ? 4 : 0);
      size = word(bytes, run, field + ((flags & SAMPLE_DURATION) != 0 ? 4 : 0));
    } else {
      size = defaultSize(bytes, head);
    }
    if (at < 0 || size <= 0 || at > fragment.length - size) {
      throw new MalformedMediaException("a sample of " + size + " bytes at " + at);
    }
    return Arrays.copyOfRange(fragment, at, at + size);
  }

  private static int defaultSize(ByteBuffer bytes, Mp4Box head) throws MalformedMediaException {
    int flags = word(bytes, head, 0);
    if ((flags & DEFAULT_SIZE) == 0) {
      throw new MalformedMediaException("samples without a size");
    }
    int field = 8 + ((flags & 0x1) != 0 ? 8 : 0) + ((flags & 0x2) != 0 ? 4 : 0);
    return word(bytes, head, field + ((flags & 0x8) != 0 ? 4 : 0));
  }

  private static int word(ByteBuffer bytes, Mp4Box box, int at) throws MalformedMediaException {
    if (box.length() < at + 4) {
      throw new MalformedMediaException("a " + box.type() + " that ends too early");
    }
    return bytes.getInt(box.content() + at);
  }
}
