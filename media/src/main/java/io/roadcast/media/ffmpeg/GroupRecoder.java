package io.roadcast.media.ffmpeg;

import io.roadcast.media.Codec;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a group of pictures one that begins with a later picture: all are decoded, and those
 * from there on are coded anew as H.264 of the same size. One thread.
 */
public final class GroupRecoder {
  /**
   * What becomes of the group.
   *
   * @param fromMicros the first picture is the last one that is not later
   * @param frameRate about so many come per second
   * @param bitRate aimed at, bits per second
   */
  public record Target(long fromMicros, int frameRate, int bitRate) {}

  /**
   * A picture of the group.
   *
   * @param timeMicros on any timeline; in the result that of showing
   * @param annexB NAL units with start codes
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  public record Picture(long timeMicros, byte[] annexB) {}

  private final Codec codec;
  private final Target target;
  private final PictureClock clock = new PictureClock();
  private final List<Picture> made = new ArrayList<>();
  private @Nullable H264Encoder encoder;

  private GroupRecoder(Codec codec, Target target) {
    this.codec = codec;
    this.target = target;
  }

  /**
   * Decodes and encodes; takes its time.
   *
   * @param codec H264 or H265
   * @param group in decoding order; the first is a keyframe with its parameter sets
   * @return in the order of showing; empty if nothing of it can be decoded. The first is a keyframe
   *     that begins with its parameter sets
   */
  public static List<Picture> recode(Codec codec, List<Picture> group, Target target) {
    GroupRecoder recoder = new GroupRecoder(codec, target);
    try {
      recoder.run(group);
      return recoder.made;
    } finally {
      recoder.close();
    }
  }

  private void run(List<Picture> group) {
    long first = firstShown(group);
    try (PictureDecoder decoder = new PictureDecoder(codec);
        PictureScaler scaler = new PictureScaler()) {
      for (Picture picture : group) {
        clock.entered(picture.timeMicros);
        decoder.decode(
            picture.annexB,
            picture.timeMicros,
            PictureTranscoder.Use.SHOWN,
            (decoded, use) -> decoded(decoder, scaler, decoded, first));
      }
      decoder.drain(
          PictureTranscoder.Use.SHOWN, (decoded, use) -> decoded(decoder, scaler, decoded, first));
    }
  }

  /** The stamps of a group are those of its pictures, in whatever order these are shown. */
  private long firstShown(List<Picture> group) {
    long first = Long.MIN_VALUE;
    for (Picture picture : group) {
      if (picture.timeMicros <= target.fromMicros) {
        first = Math.max(first, picture.timeMicros);
      }
    }
    return first;
  }

  private void decoded(PictureDecoder decoder, PictureScaler scaler, AVFrame picture, long first) {
    long timeMicros = clock.left(picture.pts(), decoder.reordered());
    if (timeMicros < first) {
      return;
    }
    AVFrame fitting = scaler.fit(picture, 0, 0);
    H264Encoder to = encoder;
    if (to == null) {
      to =
          new H264Encoder(
              new H264Encoder.Settings(
                  fitting.width(), fitting.height(), target.frameRate, target.bitRate),
              Colours.of(fitting));
      encoder = to;
    }
    PictureKind kind = made.isEmpty() ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
    made.add(new Picture(timeMicros, to.encode(fitting, kind).annexB()));
  }

  private void close() {
    if (encoder != null) {
      encoder.close();
    }
  }
}
