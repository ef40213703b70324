package io.roadcast.signaling.recording;

import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Two seconds of pictures in two fragments, where a test server looks for recordings. */
@SuppressWarnings("ArrayRecordComponent") // of one test, compared as an array
record RecordedFile(Segment segment, byte[] bytes) {
  static RecordedFile write(Path directory, String stream, Owner owner, Instant start)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Fragment> fragments = new ArrayList<>();
    int header;
    try (H264Encoder encoder = new H264Encoder(new H264Encoder.Settings(160, 120, 10, 100_000))) {
      EncodedPicture first = encoder.encode(new I420Picture(160, 120), PictureKind.KEYFRAME);
      try (FragmentMuxer muxer =
          new FragmentMuxer(new FragmentMuxer.Video(Codec.H264, 160, 120, first.annexB()), null)) {
        all.writeBytes(muxer.header());
        header = all.size();
        for (int i = 0; i < 20; i++) {
          EncodedPicture picture =
              i == 0
                  ? first
                  : encoder.encode(
                      new I420Picture(160, 120),
                      i == 10 ? PictureKind.KEYFRAME : PictureKind.PREDICTED);
          muxer.video(ByteBuffer.wrap(picture.annexB()), picture.keyframe(), i * 9000L, 9000);
          if (i % 10 == 9) {
            byte[] bytes = muxer.fragment();
            fragments.add(
                new Fragment(all.size(), bytes.length, (i - 9) * 9000L, 90_000, 10, true));
            all.writeBytes(bytes);
          }
        }
      }
    }
    UUID id = UUID.randomUUID();
    SegmentPlaces places = new SegmentPlaces(directory.resolve("recordings"));
    Segment segment =
        new Segment(
            id,
            stream,
            "main",
            owner,
            start,
            start.plusSeconds(2),
            "h264",
            160,
            120,
            null,
            0,
            20,
            all.size(),
            List.of(),
            places.keptPlace(stream, "main", start, id, SegmentForm.PLAIN),
            "00".repeat(32),
            SegmentState.COMPLETE,
            Keeping.USUAL);
    Path path = places.file(segment.place());
    Files.createDirectories(path.getParent());
    Files.write(path, all.toByteArray());
    new Sidecar(segment, header, fragments).write(path);
    return new RecordedFile(segment, all.toByteArray());
  }
}
