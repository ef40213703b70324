package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundFraming;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.PictureTranscoder;
import io.roadcast.media.ffmpeg.SoundEncoder;
import io.roadcast.media.ffmpeg.SoundEncoders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A job and frames for it, of which at least one thing is made. */
record Work(JobSpec spec, List<byte[]> frames) {
  private static final int BIT_RATE = 24_000;
  private static final int BLOCK_MILLIS = 40;
  private static final int BLOCKS = 12;
  private static final int PICTURES = 10;

  /** Every decoder of cameras' sound, sound to cameras, and pictures made smaller. */
  static List<Work> ofEveryKind() {
    List<Work> all = new ArrayList<>();
    for (String coding :
        List.of("pcma", "g726-24-le", "g726-24", "adpcm", "aac-16000", "mp3-16000", "amr")) {
      all.add(ofSound(SoundCoding.parse(coding)));
    }
    for (String coding : List.of("pcma", "g726-32", "adpcm", "aac-16000")) {
      all.add(ofTalk(SoundCoding.parse(coding)));
    }
    all.add(ofPictures());
    return all;
  }

  private static Work ofSound(SoundCoding coding) {
    return new Work(new SoundJob(coding, Codec.OPUS, BIT_RATE), sound(coding));
  }

  private static Work ofTalk(SoundCoding coding) {
    CameraSound camera = new CameraSound(coding, SoundFraming.NONE, BLOCK_MILLIS);
    return new Work(new TalkJob(Codec.PCMA, camera), sound(SoundCoding.of(Codec.PCMA)));
  }

  private static List<byte[]> sound(SoundCoding coding) {
    List<byte[]> frames = new ArrayList<>();
    try (SoundEncoder encoder = SoundEncoders.of(coding, BLOCK_MILLIS)) {
      while (frames.size() < BLOCKS) {
        for (SoundEncoder.Coded coded : encoder.encode(new short[encoder.blockSamples()])) {
          long micros = 1_000_000 + coded.firstSample() * 1_000_000 / encoder.sampleRate();
          frames.add(
              ByteBuffer.allocate(Long.BYTES + coded.bytes().length)
                  .putLong(micros)
                  .put(coded.bytes())
                  .array());
        }
      }
    }
    return frames;
  }

  private static Work ofPictures() {
    List<byte[]> frames = new ArrayList<>();
    for (EncodedPicture picture : TestPictures.twoSeconds().subList(0, PICTURES)) {
      frames.add(
          PictureJob.unit(
              frames.size() * 40_000L,
              Codec.H264,
              picture.keyframe(),
              PictureTranscoder.Use.SHOWN,
              ByteBuffer.wrap(picture.annexB())));
    }
    return new Work(
        new PictureJob(new PictureTranscoder.Target(160, 120, 200_000, 25, 2_000_000)), frames);
  }
}
