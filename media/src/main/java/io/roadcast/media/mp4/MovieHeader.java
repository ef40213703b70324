package io.roadcast.media.mp4;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What stands in front of all fragments (ftyp and moov, "initialization segment").
 *
 * @param bytes as they were written; not to be changed
 * @param tracks in their order
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its bytes where that is wanted
public record MovieHeader(byte[] bytes, List<Track> tracks) {
  private static final int EDIT_BYTES = 8 + 8 + 8 + 4 + 4 + 8 + 8 + 4;
  private static final int PLAIN_RATE = 0x00010000;

  /**
   * @param id as fragments name it
   * @param handler "vide" or "soun"
   * @param timescale ticks per second
   */
  public record Track(int id, String handler, int timescale) {}

  public MovieHeader {
    tracks = List.copyOf(tracks);
  }

  /**
   * @param bytes ftyp and moov as a whole; kept
   * @throws MalformedMediaException if they are not
   */
  public static MovieHeader parse(byte[] bytes) throws MalformedMediaException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Mp4Box moov = moov(buffer);
    List<Track> tracks = new ArrayList<>();
    for (Mp4Box trak : moov.children(buffer)) {
      if (trak.type().equals("trak")) {
        tracks.add(track(buffer, trak));
      }
    }
    return new MovieHeader(bytes, tracks);
  }

  /**
   * Where the header of a file ends, so that its first fragment begins there.
   *
   * @param start the file's first bytes
   * @throws MalformedMediaException if the header is not among them as a whole
   */
  public static int length(ByteBuffer start) throws MalformedMediaException {
    for (int at = 0; start.limit() - at >= Mp4Box.HEADER_BYTES; ) {
      long size = Integer.toUnsignedLong(start.getInt(at));
      byte[] name = new byte[4];
      start.get(at + 4, name);
      if (size < Mp4Box.HEADER_BYTES || size > start.limit() - at) {
        break;
      }
      at += (int) size;
      if (new String(name, StandardCharsets.ISO_8859_1).equals("moov")) {
        return at;
      }
    }
    throw new MalformedMediaException("no whole moov");
  }

  /**
   * The same header with an edit list (section 8.6.6): what comes before is decoded, but not shown.
   *
   * @param starts by track id, the media time in ticks of the track at which showing begins
   * @param durationMillis of what is shown; 0 if it is not known yet
   */
  public byte[] withStart(Map<Integer, Long> starts, long durationMillis)
      throws MalformedMediaException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    Mp4Box moov = moov(from);
    ByteBuffer to = ByteBuffer.allocate(bytes.length + tracks.size() * EDIT_BYTES);
    to.put(bytes, 0, moov.content());
    for (Mp4Box box : moov.children(from)) {
      int written = to.position();
      Long start = box.type().equals("trak") ? starts.get(track(from, box).id()) : (Long) null;
      if (start == null) {
        to.put(bytes, box.start(), box.end() - box.start());
        continue;
      }
      copyTrack(from, box, to, start, scaled(from, moov, durationMillis));
      to.putInt(written, to.position() - written);
    }
    to.putInt(moov.start(), to.position() - moov.start());
    to.put(bytes, moov.end(), bytes.length - moov.end());
    return Arrays.copyOf(to.array(), to.position());
  }

  /** How a track's samples are to be decoded (stsd), for comparing. */
  public ByteBuffer sampleDescriptions(int id) throws MalformedMediaException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (Mp4Box trak : moov(buffer).children(buffer)) {
      if (trak.type().equals("trak") && track(buffer, trak).id() == id) {
        Mp4Box table =
            trak.need(buffer, "mdia")
                .need(buffer, "minf")
                .need(buffer, "stbl")
                .need(buffer, "stsd");
        return buffer.slice(table.start(), table.end() - table.start());
      }
    }
    throw new MalformedMediaException("no track " + id);
  }

  private void copyTrack(ByteBuffer from, Mp4Box trak, ByteBuffer to, long start, long duration)
      throws MalformedMediaException {
    to.put(bytes, trak.start(), Mp4Box.HEADER_BYTES);
    for (Mp4Box part : trak.children(from)) {
      if (part.type().equals("edts")) {
        continue;
      }
      to.put(bytes, part.start(), part.end() - part.start());
      if (part.type().equals("tkhd")) {
        to.putInt(EDIT_BYTES).put("edts".getBytes(StandardCharsets.US_ASCII));
        to.putInt(EDIT_BYTES - 8).put("elst".getBytes(StandardCharsets.US_ASCII));
        to.putInt(0x01000000).putInt(1);
        to.putLong(duration).putLong(start).putInt(PLAIN_RATE);
      }
    }
  }

  /** In ticks of the movie, as edit lists count durations. */
  private static long scaled(ByteBuffer bytes, Mp4Box moov, long millis)
      throws MalformedMediaException {
    return millis * timescale(bytes, moov.need(bytes, "mvhd")) / 1000;
  }

  static Mp4Box moov(ByteBuffer bytes) throws MalformedMediaException {
    for (Mp4Box box : Mp4Box.list(bytes, 0, bytes.limit())) {
      if (box.type().equals("moov")) {
        return box;
      }
    }
    throw new MalformedMediaException("no moov");
  }

  static Track track(ByteBuffer bytes, Mp4Box trak) throws MalformedMediaException {
    Mp4Box head = trak.need(bytes, "tkhd");
    int idAt = head.content() + (long64(bytes, head) ? 20 : 12);
    Mp4Box mdia = trak.need(bytes, "mdia");
    Mp4Box handler = mdia.need(bytes, "hdlr");
    if (head.end() - idAt < 4 || handler.length() < 12) {
      throw new MalformedMediaException("a trak that ends too early");
    }
    byte[] name = new byte[4];
    bytes.get(handler.content() + 8, name);
    return new Track(
        bytes.getInt(idAt),
        new String(name, StandardCharsets.ISO_8859_1),
        timescale(bytes, mdia.need(bytes, "mdhd")));
  }

  /** Of mvhd or mdhd, which begin alike. */
  private static int timescale(ByteBuffer bytes, Mp4Box header) throws MalformedMediaException {
    int at = header.content() + (long64(bytes, header) ? 20 : 12);
    if (header.end() - at < 4 || bytes.getInt(at) <= 0) {
      throw new MalformedMediaException("a " + header.type() + " without a timescale");
    }
    return bytes.getInt(at);
  }

  private static boolean long64(ByteBuffer bytes, Mp4Box full) throws MalformedMediaException {
    if (full.length() < 4) {
      throw new MalformedMediaException("a " + full.type() + " without a version");
    }
    return bytes.get(full.content()) == 1;
  }
}
