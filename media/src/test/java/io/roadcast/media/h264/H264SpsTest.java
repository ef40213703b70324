package io.roadcast.media.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.Captures;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Vectors;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.nal.AnnexB;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264SpsTest {
  @ParameterizedTest
  @CsvSource({
    "h264_cif_main_174s_sim6.bin, Main, 2.0, 352, 288",
    "h264_cif_40s_sim6_lowfps.bin, Main, 2.0, 352, 288",
    "h264_cif_106s_sim6_ch3.bin, Main, 2.0, 352, 288",
    "h264_adpcm_hisi_1s_sim6.bin, Main, 2.0, 352, 288",
    "SYNTHETIC_h264_g711a_4s_sim6.bin, High, 3.0, 720, 576",
  })
  void readsTheFormatOfTerminals(
      String capture, String profile, String level, int width, int height) throws Exception {
    H264Sps sps = H264Sps.parse(firstSps(capture));
    VideoFormat format = sps.format(false);
    assertThat(format.codec()).isEqualTo(Codec.H264);
    assertThat(format.profile()).isEqualTo(profile);
    assertThat(format.level()).isEqualTo(level);
    assertThat(format.width()).isEqualTo(width);
    assertThat(format.height()).isEqualTo(height);
    assertThat(format.profileLevelId()).hasSize(6).startsWith(profile.equals("Main") ? "4d" : "64");
  }

  @Test
  void refusesWhatEndsTooEarly() throws Exception {
    // 66, constraints e0, level 30, 1280x720, no VUI
    byte[] whole = HexFormat.of().parseHex("6742e01fda014016e8");
    assertThat(H264Sps.parse(ByteBuffer.wrap(whole)).width()).isEqualTo(1280);
    for (int length = 1; length < whole.length - 1; length++) {
      ByteBuffer part = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> H264Sps.parse(part)).isInstanceOf(MalformedMediaException.class);
    }
  }

  @Test
  void readsChromaCroppingFieldsAndUsabilityInformation() throws Exception {
    H264Sps high = H264Sps.parse(sps("h264_high_322x182_b.h264"));
    assertThat(high).isEqualTo(new H264Sps(100, 0, 13, 0, 1, 8, 0, 322, 182, false, false, 2));
    assertThat(high.inDecodingOrder()).isFalse();
    H264Sps interlaced = H264Sps.parse(sps("h264_high422_320x192_interlaced.h264"));
    assertThat(interlaced).isEqualTo(new H264Sps(122, 0, 21, 0, 2, 8, 0, 320, 192, true, false, 0));
    assertThat(interlaced.inDecodingOrder()).isTrue();
  }

  @Test
  void namesLevelOneB() {
    H264Sps sps = new H264Sps(66, 0x10, 11, 0, 1, 8, 2, 176, 144, false, false, 0);
    assertThat(sps.levelName()).isEqualTo("1b");
    assertThat(sps.format(false).profileLevelId()).isEqualTo("42100b");
  }

  private static ByteBuffer sps(String vector) throws Exception {
    return AnnexB.split(ByteBuffer.wrap(Vectors.bytes(vector))).stream()
        .filter(unit -> H264NalType.of(unit) == H264NalType.SPS)
        .findFirst()
        .orElseThrow();
  }

  private static ByteBuffer firstSps(String capture) throws Exception {
    for (Captures.CapturedFrame frame : Captures.frames(capture)) {
      List<ByteBuffer> units = AnnexB.split(ByteBuffer.wrap(frame.body()));
      for (ByteBuffer unit : units) {
        if (!frame.audio() && H264NalType.of(unit) == H264NalType.SPS) {
          return unit;
        }
      }
    }
    throw new AssertionError("no SPS in " + capture);
  }
}
