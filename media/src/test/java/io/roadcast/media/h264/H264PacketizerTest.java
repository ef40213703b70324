package io.roadcast.media.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.Captures;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.RandomMedia;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.Payloads;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264PacketizerTest {
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final RtpBlockWriter writer = new RtpBlockWriter(pool);
  private final H264Packetizer packetizer = new H264Packetizer();

  @AfterEach
  void everyBlockWentBack() {
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "674d 68ee 06e5 6588 | 78 0002674d 000268ee 000206e5 ; 6588",
        "674d 68ee 6588      | 78 0002674d 000268ee ; 6588",
        "674d 6588           | 674d ; 6588",
        "09f0 419a           | 419a",
        "419a 0cff 0a        | 419a ; 0a",
        "06e5 419a 06e5 0605 | 06e5 ; 419a ; 18 000206e5 00020605",
        "86e5 274d           | b8 000286e5 0002274d",
        "0001 1801 1c01 1f01 419a | 419a",
      })
  void choosesThePayloadForEachUnit(String units, String payloads) throws Exception {
    List<ByteBuffer> unitBytes = new ArrayList<>();
    for (String unit : units.split(" ")) {
      unitBytes.add(ByteBuffer.wrap(HexFormat.of().parseHex(unit)));
    }
    List<ByteBuffer> expected = new ArrayList<>();
    for (String payload : payloads.split(";")) {
      expected.add(ByteBuffer.wrap(HexFormat.of().parseHex(payload.replace(" ", ""))));
    }
    assertThat(payloads(unitBytes)).isEqualTo(expected);
  }

  @Test
  void cutsALargeUnitIntoFragmentsOfOneSize() throws Exception {
    Random random = new Random(1);
    for (int size : RandomMedia.sizes(random, 1, 200)) {
      ByteBuffer unit = RandomMedia.nalUnit(random, size, 0x65);
      List<ByteBuffer> payloads = payloads(List.of(unit));
      if (size <= RtpBlockWriter.MAX_PAYLOAD_BYTES) {
        assertThat(payloads).containsExactly(unit);
        continue;
      }
      int length = payloads.getFirst().remaining();
      assertThat(length).isLessThanOrEqualTo(RtpBlockWriter.MAX_PAYLOAD_BYTES);
      assertThat(payloads).hasSize(Math.ceilDiv(size - 1, RtpBlockWriter.MAX_PAYLOAD_BYTES - 2));
      for (int i = 0; i < payloads.size(); i++) {
        boolean last = i == payloads.size() - 1;
        assertThat(payloads.get(i).get(0)).isEqualTo((byte) 0x7c);
        assertThat(payloads.get(i).get(1))
            .isEqualTo((byte) ((i == 0 ? 0x80 : 0) | (last ? 0x40 : 0) | 5));
        assertThat(payloads.get(i).remaining()).isBetween(last ? 3 : length, length);
      }
    }
  }

  @Test
  void cutsTheLargestAccessUnitAndRefusesALargerOne() throws Exception {
    ByteBuffer unit = RandomMedia.nalUnit(new Random(2), 8_300_000, 0x65);
    assertThat(depacketize(payloads(List.of(unit))))
        .isEqualTo(new AccessUnit(List.of(unit), false));
    ByteBuffer larger = RandomMedia.nalUnit(new Random(2), 8_400_000, 0x65);
    assertThatThrownBy(() -> packetizer.write(List.of(larger), writer))
        .isInstanceOf(MalformedMediaException.class);
    assertThat(writer.isEmpty()).isTrue();
    assertThat(payloads(List.of(unit))).hasSizeGreaterThan(7000);
  }

  @Test
  void beginsAnotherAggregateWhenOneIsFull() throws Exception {
    Random random = new Random(3);
    List<ByteBuffer> units = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      units.add(RandomMedia.nalUnit(random, 1 + random.nextInt(1500), i % 3 == 0 ? 0x67 : 0x06));
    }
    assertThat(depacketize(payloads(units))).isEqualTo(new AccessUnit(units, false));
  }

  @Test
  void writesNothingWhenNothingIsLeft() throws Exception {
    packetizer.write(List.of(ByteBuffer.wrap(new byte[] {9, 16}), ByteBuffer.allocate(0)), writer);
    assertThat(writer.isEmpty()).isTrue();
  }

  @Test
  void keepsRandomUnitsBitExactly() throws Exception {
    Random random = new Random(4);
    int[] headers = {0x67, 0x68, 0x06, 0x65, 0x41, 0x01, 0x2e, 0x6f};
    for (int run = 0; run < 300; run++) {
      List<ByteBuffer> units = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(8); i++) {
        int size = 1 + random.nextInt(1 << (1 + random.nextInt(16)));
        units.add(RandomMedia.nalUnit(random, size, headers[random.nextInt(headers.length)]));
      }
      assertThat(depacketize(payloads(units))).isEqualTo(new AccessUnit(units, false));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264_cif_main_174s_sim6.bin",
        "h264_cif_106s_sim6_ch3.bin",
        "h264_adpcm_hisi_1s_sim6.bin",
        "SYNTHETIC_h264_g711a_4s_sim6.bin"
      })
  void keepsThePicturesOfTerminalsBitExactly(String capture) throws Exception {
    for (Captures.CapturedFrame frame : Captures.frames(capture)) {
      if (frame.audio()) {
        continue;
      }
      List<ByteBuffer> units = AnnexB.split(ByteBuffer.wrap(frame.body()));
      assertThat(H264NalType.isKeyframe(units)).isEqualTo(frame.keyframe());
      assertThat(depacketize(payloads(units))).isEqualTo(new AccessUnit(units, false));
    }
  }

  private List<ByteBuffer> payloads(List<ByteBuffer> units) throws Exception {
    packetizer.write(units, writer);
    RtpBlock block = writer.finish(Codec.H264, true, 0, 0);
    List<ByteBuffer> payloads = Payloads.of(block);
    block.release();
    return payloads;
  }

  private static AccessUnit depacketize(List<ByteBuffer> payloads) throws Exception {
    H264Depacketizer depacketizer = new H264Depacketizer();
    for (ByteBuffer payload : payloads) {
      depacketizer.accept(payload);
    }
    return depacketizer.take();
  }
}
