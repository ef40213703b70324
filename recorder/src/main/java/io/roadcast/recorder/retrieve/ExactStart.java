package io.roadcast.recorder.retrieve;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.ffmpeg.FfmpegException;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.media.ffmpeg.GroupRecoder.Picture;
import io.roadcast.media.ffmpeg.GroupRecoder.Target;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.mp4.CodecSetup;
import io.roadcast.media.mp4.FragmentSamples;
import io.roadcast.media.mp4.FragmentSamples.Sample;
import io.roadcast.media.mp4.MovieHeader;
import io.roadcast.media.mp4.SampleDescriptions;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.exact.GroupJob;
import io.roadcast.recorder.exact.GroupsBusyException;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.SegmentSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range's first group of pictures, beginning with the one that was to be seen at the wanted time:
 * coded anew from there to the next keyframe, as one fragment. Its sound is that of the recording.
 *
 * @param header of a file that has only this
 * @param fragment on the segment's timeline, begins at the wanted time; not to be changed
 * @param cut where it begins there, in ticks
 * @param replaced how many fragments of the range it stands for
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
record ExactStart(MovieHeader header, byte[] fragment, long cut, int replaced) {
  /** Where its pictures are described, behind those that are as they were recorded. */
  private static final int DESCRIPTION = 2;

  /** The sound from half a second before the range, as its file has room for. */
  private static final long LEAD_DIVISOR = 2;

  private static final double SPARE = 1.5;
  private static final double BITS_PER_PIXEL = 0.15;
  private static final long TICKS_PER_SECOND = 90_000;

  /** A picture in its time on the segment's timeline, with start codes. */
  private record Seen(long ticks, byte[] annexB) {
    Picture picture() {
      return new Picture(micros(ticks), annexB);
    }
  }

  /** A frame of AAC in its fragment. */
  private record Heard(ByteBuffer frame, long time) {}

  /**
   * The group as it was recorded.
   *
   * @param endTicks where its last picture ends
   */
  private record Group(CodecSetup setup, List<Seen> pictures, List<Heard> sound, long endTicks) {}

  /**
   * Codes the beginning of a range anew, if it does not begin with a keyframe by itself.
   *
   * @param chosen the fragments of this piece that are in the range
   * @return empty if nothing needs to be changed
   * @throws NotExactException if pictures of its codec can not be coded anew
   */
  static Optional<ExactStart> of(Piece piece, List<Fragment> chosen, Instant from, GroupCoder coder)
      throws IOException, NotExactException, GroupsBusyException, MalformedMediaException {
    Segment segment = piece.segment();
    if (chosen.isEmpty() || !segment.from().isBefore(from)) {
      return Optional.empty();
    }
    int count = 1;
    while (count < chosen.size() && !chosen.get(count).keyframe()) {
      count++;
    }
    Group group = read(piece, chosen.subList(0, count));
    long cut = segment.startTicks() + ShiftedFragment.ticks(Duration.between(segment.from(), from));
    if (group.pictures.size() < 2 || group.pictures.get(1).ticks > cut) {
      return Optional.empty();
    }
    if (group.setup.codec() != Codec.H264) {
      throw new NotExactException(segment.codec());
    }
    String name = segment.id() + "-" + chosen.getFirst().offset() + "-" + count + "-" + cut;
    List<Picture> made = coder.code(name, () -> job(group, segment, cut));
    if (made.isEmpty()) {
      throw new IOException("the beginning of a range can not be decoded");
    }
    return Optional.of(muxed(segment, group, made, cut, count));
  }

  /**
   * The fragment as the first one of another file.
   *
   * @param ticks where it begins there
   */
  byte[] at(long ticks) throws IOException {
    return ShiftedFragment.shift(fragment.clone(), 1, ticks - cut);
  }

  /** Rounded up, so that {@link #ticks} finds the same ticks again. */
  private static long micros(long ticks) {
    return Math.ceilDiv(ticks * 100, 9);
  }

  private static long ticks(Picture picture) {
    return Math.floorDiv(picture.timeMicros() * 9, 100);
  }

  private static GroupJob job(Group group, Segment segment, long cut) {
    long bytes = group.pictures.stream().mapToLong(picture -> picture.annexB.length).sum();
    long ticks = Math.max(1, group.endTicks - group.pictures.getFirst().ticks);
    long pictures = group.pictures.size();
    int rate = (int) Math.clamp(pictures * TICKS_PER_SECOND / ticks, 1, 120);
    double recorded = bytes * 8.0 * TICKS_PER_SECOND / ticks * SPARE;
    double usual = (double) segment.width() * segment.height() * rate * BITS_PER_PIXEL;
    int bitRate = (int) Math.clamp((long) Math.max(recorded, usual), 150_000, 40_000_000);
    return new GroupJob(
        group.setup.codec(),
        new Target(micros(cut), rate, bitRate),
        group.pictures.stream().map(Seen::picture).toList());
  }

  private static Group read(Piece piece, List<Fragment> fragments)
      throws IOException, MalformedMediaException {
    List<Seen> pictures = new ArrayList<>();
    List<Heard> sound = new ArrayList<>();
    try (SegmentSource source = piece.open()) {
      MovieHeader header = MovieHeader.parse(source.read(0, piece.sidecar().headerBytes()));
      CodecSetup setup = CodecSetup.of(header);
      for (Fragment fragment : fragments) {
        ByteBuffer bytes = ByteBuffer.wrap(source.read(fragment.offset(), fragment.length()));
        for (Sample sample : FragmentSamples.of(bytes, ShiftedFragment.VIDEO)) {
          List<ByteBuffer> units = pictures.isEmpty() ? setup.parameterSets() : List.of();
          pictures.add(new Seen(sample.time(), annexB(setup, units, bytes, sample)));
        }
        CodecSetup.Sound track = setup.sound();
        if (track != null) {
          for (Sample sample : FragmentSamples.of(bytes, track.track())) {
            sound.add(new Heard(bytes.slice(sample.offset(), sample.length()), sample.time()));
          }
        }
      }
      return new Group(setup, pictures, sound, fragments.getLast().end());
    }
  }

  private static byte[] annexB(
      CodecSetup setup, List<ByteBuffer> before, ByteBuffer bytes, Sample sample)
      throws MalformedMediaException {
    List<ByteBuffer> units = new ArrayList<>(before);
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
    return array(AnnexB.join(units));
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return array;
  }

  private static ExactStart muxed(
      Segment segment, Group group, List<Picture> made, long cut, int replaced)
      throws IOException, MalformedMediaException {
    FragmentMuxer.Video video =
        new FragmentMuxer.Video(
            Codec.H264, segment.width(), segment.height(), parameterSets(made.getFirst().annexB()));
    try (FragmentMuxer muxer = new FragmentMuxer(video, sound(group.setup.sound()))) {
      long ticks = cut;
      for (int i = 0; i < made.size(); i++) {
        long next = i + 1 < made.size() ? ticks(made.get(i + 1)) : group.endTicks;
        next = Math.max(next, ticks + 1);
        muxer.video(ByteBuffer.wrap(made.get(i).annexB()), i == 0, ticks, next - ticks);
        ticks = next;
      }
      CodecSetup.Sound track = group.setup.sound();
      if (track != null) {
        long first = cut * track.timescale() / TICKS_PER_SECOND - track.timescale() / LEAD_DIVISOR;
        for (Heard heard : group.sound) {
          if (heard.time > first) {
            muxer.sound(heard.frame, heard.time);
          }
        }
      }
      byte[] fragment =
          SampleDescriptions.use(muxer.fragment(), ShiftedFragment.VIDEO, DESCRIPTION);
      return new ExactStart(MovieHeader.parse(muxer.header()), fragment, cut, replaced);
    } catch (FfmpegException refused) {
      throw new IOException("the beginning of a range can not be muxed", refused);
    }
  }

  private static FragmentMuxer.@Nullable Sound sound(CodecSetup.@Nullable Sound track) {
    return track == null
        ? null
        : new FragmentMuxer.Sound(track.timescale(), 1, array(track.config()));
  }

  private static byte[] parameterSets(byte[] keyframe) throws MalformedMediaException {
    List<ByteBuffer> sets = new ArrayList<>();
    for (ByteBuffer unit : AnnexB.split(ByteBuffer.wrap(keyframe))) {
      H264NalType type = H264NalType.of(unit);
      if (type == H264NalType.SPS || type == H264NalType.PPS) {
        sets.add(unit);
      }
    }
    return array(AnnexB.join(sets));
  }
}
