package io.roadcast.media.mp4;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder of a file's first track of pictures, and of its first track of sound, has to know
 * before the first sample (ISO/IEC 14496-15 sections 5.3.3 and 8.3.3, ISO/IEC 14496-14 section
 * 5.6).
 *
 * @param codec H264 or H265
 * @param lengthBytes how many bytes in front of a NAL unit say its length
 * @param parameterSets NAL units
 * @param sound null if there is none
 */
public record CodecSetup(
    Codec codec, int lengthBytes, List<ByteBuffer> parameterSets, @Nullable Sound sound) {
  private static final int VISUAL_ENTRY_BYTES = 78;
  private static final int AUDIO_ENTRY_BYTES = 28;
  private static final int ES_DESCRIPTOR = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC = 5;

  /**
   * AAC.
   *
   * @param track its id in fragments
   * @param config AudioSpecificConfig
   */
  public record Sound(int track, int timescale, ByteBuffer config) {}

  public CodecSetup {
    parameterSets = List.copyOf(parameterSets);
  }

  /**
   * @throws MalformedMediaException if there are no pictures in H.264 or H.265, or the header can
   *     not be read
   */
  public static CodecSetup of(MovieHeader header) throws MalformedMediaException {
    CodecSetup video = null;
    Sound sound = null;
    for (MovieHeader.Track track : header.tracks()) {
      ByteBuffer table = header.sampleDescriptions(track.id());
      if (track.handler().equals("vide") && video == null) {
        video = video(table);
      } else if (track.handler().equals("soun") && sound == null) {
        sound = sound(table, track);
      }
    }
    if (video == null) {
      throw new MalformedMediaException("no pictures");
    }
    return new CodecSetup(video.codec, video.lengthBytes, video.parameterSets, sound);
  }

  private static Mp4Box entry(ByteBuffer table) throws MalformedMediaException {
    final int fullBoxAndCount = 16;
    if (table.limit() < fullBoxAndCount) {
      throw new MalformedMediaException("no sample description");
    }
    List<Mp4Box> entries = Mp4Box.list(table, fullBoxAndCount, table.limit());
    if (entries.isEmpty()) {
      throw new MalformedMediaException("no sample description");
    }
    return entries.getFirst();
  }

  private static Mp4Box child(ByteBuffer table, Mp4Box entry, int fields, String type)
      throws MalformedMediaException {
    if (entry.length() >= fields) {
      for (Mp4Box box : Mp4Box.list(table, entry.content() + fields, entry.end())) {
        if (box.type().equals(type)) {
          return box;
        }
      }
    }
    throw new MalformedMediaException("a " + entry.type() + " without " + type);
  }

  private static CodecSetup video(ByteBuffer table) throws MalformedMediaException {
    Mp4Box entry = entry(table);
    return switch (entry.type()) {
      case "avc1", "avc3" ->
          h264(new Bytes(table, child(table, entry, VISUAL_ENTRY_BYTES, "avcC")));
      case "hvc1", "hev1" ->
          h265(new Bytes(table, child(table, entry, VISUAL_ENTRY_BYTES, "hvcC")));
      default -> throw new MalformedMediaException("pictures in " + entry.type());
    };
  }

  private static CodecSetup h264(Bytes from) throws MalformedMediaException {
    from.skip(4);
    int lengthBytes = (from.next() & 3) + 1;
    List<ByteBuffer> sets = new ArrayList<>();
    from.units(from.next() & 31, sets);
    from.units(from.next(), sets);
    return new CodecSetup(Codec.H264, lengthBytes, sets, null);
  }

  private static CodecSetup h265(Bytes from) throws MalformedMediaException {
    from.skip(21);
    int lengthBytes = (from.next() & 3) + 1;
    List<ByteBuffer> sets = new ArrayList<>();
    for (int arrays = from.next(); arrays > 0; arrays--) {
      from.skip(1);
      from.units(from.next16(), sets);
    }
    return new CodecSetup(Codec.H265, lengthBytes, sets, null);
  }

  private static @Nullable Sound sound(ByteBuffer table, MovieHeader.Track track)
      throws MalformedMediaException {
    Mp4Box entry = entry(table);
    if (!entry.type().equals("mp4a")) {
      return null;
    }
    Bytes from = new Bytes(table, child(table, entry, AUDIO_ENTRY_BYTES, "esds"));
    from.skip(4);
    from.descriptor(ES_DESCRIPTOR);
    from.skip(2);
    if (from.next() != 0) {
      throw new MalformedMediaException("an elementary stream that depends on others");
    }
    from.descriptor(DECODER_CONFIG);
    from.skip(13);
    int length = from.descriptor(DECODER_SPECIFIC);
    return new Sound(track.id(), track.timescale(), from.slice(length));
  }

  /** Reads a box byte by byte. */
  private static final class Bytes {
    private final ByteBuffer bytes;
    private final Mp4Box box;
    private int at;

    Bytes(ByteBuffer bytes, Mp4Box box) {
      this.bytes = bytes;
      this.box = box;
      this.at = box.content();
    }

    void skip(int count) throws MalformedMediaException {
      if (count > box.end() - at) {
        throw new MalformedMediaException("a " + box.type() + " that ends too early");
      }
      at += count;
    }

    int next() throws MalformedMediaException {
      skip(1);
      return bytes.get(at - 1) & 0xff;
    }

    int next16() throws MalformedMediaException {
      return next() << 8 | next();
    }

    ByteBuffer slice(int length) throws MalformedMediaException {
      skip(length);
      return bytes.slice(at - length, length);
    }

    void units(int count, List<ByteBuffer> to) throws MalformedMediaException {
      for (int i = 0; i < count; i++) {
        to.add(slice(next16()));
      }
    }

    /** Passes over a descriptor's tag and length (ISO/IEC 14496-1 section 8.3.3). */
    int descriptor(int tag) throws MalformedMediaException {
      if (next() != tag) {
        throw new MalformedMediaException("no descriptor " + tag);
      }
      int length = 0;
      for (int i = 0; i < 4; i++) {
        int part = next();
        length = length << 7 | part & 0x7f;
        if (part < 0x80) {
          return length;
        }
      }
      throw new MalformedMediaException("a descriptor without an end");
    }
  }
}
