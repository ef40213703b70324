package io.roadcast.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.Codec;
import io.roadcast.media.Vectors;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSetsTest {
  private static final ByteBuffer PPS = unit(0x68, 0xEE);
  private static final ByteBuffer IDR = unit(0x65, 0x88, 0x80);

  /** Constrained Baseline, pic_order_cnt_type 2, 1280x720, and the same with 640x480. */
  private static final ByteBuffer SPS = unit(0x67, 0x42, 0xe0, 0x1f, 0xda, 1, 0x40, 0x16, 0xe8);

  private static final ByteBuffer OTHER_SPS =
      unit(0x67, 0x42, 0xe0, 0x1e, 0xda, 2, 0x80, 0xf6, 0x80);

  /** Main 3.1, pic_order_cnt_type 0. */
  private static final ByteBuffer REORDERING_SPS =
      unit(0x67, 0x4d, 0, 0x1f, 0xf4, 2, 0x80, 0x2d, 0xc8);

  /** first_mb_in_slice 0, slice_type 5 and 6. */
  private static final ByteBuffer P_SLICE = unit(0x41, 0x9a);

  private static final ByteBuffer B_SLICE = unit(0x01, 0x9e);

  private final ParameterSets sets = new ParameterSets(Codec.H264);

  @Test
  void putsTheNewestSetsInFrontOfAKeyframeWithout() {
    assertThat(complete(true, SPS, PPS, IDR)).containsExactly(SPS, PPS, IDR);
    assertThat(complete(false, unit(0x41, 0x9a))).containsExactly(unit(0x41, 0x9a));
    assertThat(complete(true, IDR)).containsExactly(SPS, PPS, IDR);
    assertThat(complete(true, unit(9, 16), PPS, unit(6, 5), IDR))
        .containsExactly(SPS, PPS, unit(6, 5), IDR);
    assertThat(complete(true, OTHER_SPS, IDR)).containsExactly(OTHER_SPS, PPS, IDR);
    assertThat(complete(true, IDR)).containsExactly(OTHER_SPS, PPS, IDR);
  }

  @Test
  void leavesAKeyframeAloneWhenNothingIsKnown() {
    assertThat(complete(true, IDR)).containsExactly(IDR);
    assertThat(sets.known()).isFalse();
    assertThat(complete(true, SPS, IDR)).containsExactly(SPS, IDR);
    assertThat(sets.known()).isFalse();
    assertThat(complete(false, PPS)).containsExactly(PPS);
    assertThat(sets.known()).isTrue();
  }

  @Test
  void keepsCopiesOfItsOwn() {
    byte[] borrowed = {0x68, (byte) 0xEE};
    complete(true, SPS, ByteBuffer.wrap(borrowed), IDR);
    borrowed[1] = 0;
    List<ByteBuffer> completed = complete(true, IDR);
    assertThat(completed).containsExactly(SPS, PPS, IDR);
    completed.forEach(unit -> unit.position(unit.limit()));
    assertThat(complete(true, IDR.rewind())).containsExactly(SPS, PPS, IDR);
  }

  @Test
  void keepsSeveralSetsOfOneKind() {
    ByteBuffer second = unit(0x68, 0x4E);
    complete(true, SPS, PPS, second, IDR);
    assertThat(complete(true, IDR)).containsExactly(SPS, PPS, second, IDR);
  }

  @Test
  void tellsWhenTheFormatChanges() {
    assertThat(sets.format()).isEmpty();
    complete(true, SPS, PPS, IDR);
    Optional<VideoFormat> first = sets.format();
    assertThat(first.orElseThrow())
        .isEqualTo(
            new VideoFormat(Codec.H264, "Constrained Baseline", "42e01f", "3.1", 1280, 720, false));
    complete(true, SPS, PPS, IDR);
    assertThat(sets.format()).isSameAs(first);
    complete(true, OTHER_SPS, PPS, IDR);
    assertThat(sets.format().orElseThrow().width()).isEqualTo(640);
    assertThat(sets.format().orElseThrow().height()).isEqualTo(480);
  }

  @Test
  void keepsTheFormatWhenASetCannotBeRead() {
    complete(true, SPS, PPS, IDR);
    complete(true, unit(0x67, 0x42), PPS, IDR);
    assertThat(sets.malformedSets()).isEqualTo(1);
    assertThat(sets.format().orElseThrow().width()).isEqualTo(1280);
  }

  @Test
  void noticesBSlices() {
    complete(true, REORDERING_SPS, PPS, IDR);
    complete(false, P_SLICE);
    assertThat(sets.format().orElseThrow().reordered()).isFalse();
    complete(false, B_SLICE);
    assertThat(sets.format().orElseThrow().reordered()).isTrue();
    complete(true, REORDERING_SPS, PPS, IDR);
    assertThat(sets.format().orElseThrow().reordered()).isTrue();
  }

  @Test
  void takesBSlicesForHarmlessWherePicturesAreShownInDecodingOrder() {
    complete(true, SPS, PPS, IDR);
    complete(false, B_SLICE);
    assertThat(sets.format().orElseThrow().reordered()).isFalse();
  }

  @Test
  void takesNoOtherCodecs() {
    assertThatThrownBy(() -> new ParameterSets(Codec.PCMA))
        .isInstanceOf(IllegalArgumentException.class);
    VideoFrame frame = new VideoFrame(Codec.H265, List.of(IDR), true, 0, 0);
    assertThatThrownBy(() -> sets.complete(frame)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "H265, h265_main_318x178_no_b.h265, Main, 318, 178, false, 30, 3",
    "H265, h265_main10_160x96_b.h265, Main 10, 160, 96, true, 30, 2",
    "H264, h264_high_322x182_b.h264, High, 322, 182, true, 30, 2",
    "H264, h264_high422_320x192_interlaced.h264, High 4:2:2, 320, 192, false, 12, 2",
  })
  void completesRealStreams(
      Codec codec,
      String file,
      String profile,
      int width,
      int height,
      boolean reordered,
      int frames,
      int keyframes)
      throws Exception {
    ParameterSets track = new ParameterSets(codec);
    ParameterSets stripped = new ParameterSets(codec);
    List<List<ByteBuffer>> units = Vectors.accessUnits(codec, Vectors.bytes(file));
    Predicate<ByteBuffer> isSlice =
        unit -> codec == Codec.H264 ? (unit.get(0) & 0x1F) < 6 : unit.get(0) < 64;
    int found = 0;
    for (List<ByteBuffer> unit : units) {
      boolean keyframe = Keyframes.isKeyframe(codec, unit);
      VideoFrame frame = new VideoFrame(codec, unit, keyframe, 0, 0);
      assertThat(track.complete(frame)).isSameAs(frame.nalUnits());
      if (found == 0) {
        stripped.complete(frame);
      }
      found += keyframe ? 1 : 0;
      List<ByteBuffer> slices = new ArrayList<>(unit);
      slices.removeIf(isSlice.negate());
      List<ByteBuffer> completed = stripped.complete(new VideoFrame(codec, slices, keyframe, 0, 0));
      assertThat(completed).hasSize(slices.size() + (keyframe ? stripped(codec) : 0));
    }
    assertThat(units).hasSize(frames);
    assertThat(found).isEqualTo(keyframes);
    assertThat(stripped.format()).isEqualTo(track.format());
    VideoFormat format = track.format().orElseThrow();
    assertThat(format.profile()).isEqualTo(profile);
    assertThat(format.width()).isEqualTo(width);
    assertThat(format.height()).isEqualTo(height);
    assertThat(format.reordered()).isEqualTo(reordered);
  }

  private static int stripped(Codec codec) {
    return codec == Codec.H264 ? 2 : 3;
  }

  private List<ByteBuffer> complete(boolean keyframe, ByteBuffer... units) {
    return sets.complete(new VideoFrame(Codec.H264, List.of(units), keyframe, 0, 0));
  }

  private static ByteBuffer unit(int... bytes) {
    ByteBuffer unit = ByteBuffer.allocate(bytes.length);
    for (int value : bytes) {
      unit.put((byte) value);
    }
    return unit.flip();
  }
}
