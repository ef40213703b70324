package io.roadcast.media.h265;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.RandomMedia;
import io.roadcast.media.Vectors;
import io.roadcast.media.nal.AccessUnit;
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

class H265PacketizerTest {
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.NATIVE, 1 << 20);
  private final RtpBlockWriter writer = new RtpBlockWriter(pool);
  private final H265Packetizer packetizer = new H265Packetizer();
  private final H265Depacketizer depacketizer = new H265Depacketizer();

  @AfterEach
  void everyBlockWentBack() {
    assertThat(pool.leaks()).isEmpty();
    pool.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4001aa 4201bb 4401cc 2601dd | 6001 00034001aa 00034201bb 00034401cc ; 2601dd",
        "4001aa 2601dd               | 4001aa ; 2601dd",
        "4601 0201aa 7601 4e01bb     | 0201aa ; 4e01bb",
        "4203aa 440abb               | 6002 00034203aa 0003440abb",
        "c201aa 4401bb               | e001 0003c201aa 00034401bb",
        "6001aa 6201aa 6401aa 0201aa 02 | 0201aa",
        "0201aa 4801                 | 0201aa ; 4801",
      })
  void choosesThePayloadForEachUnit(String units, String payloads) throws Exception {
    assertThat(payloads(buffers(units, " "))).isEqualTo(buffers(payloads.replace(" ", ""), ";"));
  }

  /** An end of sequence is nothing but its header (H.265, section 7.3.2.5). */
  @Test
  void takesAUnitOfTwoBytes() throws Exception {
    List<ByteBuffer> units = buffers("0201aa 4801", " ");
    assertThat(depacketize(payloads(units))).isEqualTo(new AccessUnit(units, false));
  }

  @Test
  void cutsALargeUnitIntoFragmentsOfOneSize() throws Exception {
    Random random = new Random(21);
    for (int size : RandomMedia.sizes(random, 3, 200)) {
      ByteBuffer unit = RandomMedia.nalUnit(random, size, 0x26, 0x01);
      List<ByteBuffer> payloads = payloads(List.of(unit));
      assertThat(depacketize(payloads)).isEqualTo(new AccessUnit(List.of(unit), false));
      if (size <= RtpBlockWriter.MAX_PAYLOAD_BYTES) {
        assertThat(payloads).containsExactly(unit);
        continue;
      }
      int length = payloads.getFirst().remaining();
      assertThat(length).isLessThanOrEqualTo(RtpBlockWriter.MAX_PAYLOAD_BYTES);
      for (int i = 0; i < payloads.size(); i++) {
        boolean last = i == payloads.size() - 1;
        assertThat(payloads.get(i).getShort(0)).isEqualTo((short) 0x6201);
        assertThat(payloads.get(i).get(2))
            .isEqualTo((byte) ((i == 0 ? 0x80 : 0) | (last ? 0x40 : 0) | 19));
        assertThat(payloads.get(i).remaining()).isBetween(last ? 4 : length, length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h265_main_318x178_no_b.h265", "h265_main10_160x96_b.h265"})
  void keepsRealStreamsBitExactly(String file) throws Exception {
    for (List<ByteBuffer> unit : Vectors.accessUnits(Codec.H265, Vectors.bytes(file))) {
      List<ByteBuffer> sent = new ArrayList<>(unit);
      sent.removeIf(nal -> H265NalType.of(nal) == H265NalType.ACCESS_UNIT_DELIMITER);
      assertThat(depacketize(payloads(unit))).isEqualTo(new AccessUnit(sent, false));
    }
  }

  @Test
  void dropsAUnitThatLostAFragment() throws Exception {
    Random random = new Random(22);
    ByteBuffer lost = RandomMedia.nalUnit(random, 5000, 0x02, 0x01);
    ByteBuffer kept = RandomMedia.nalUnit(random, 3000, 0x02, 0x01);
    for (int missing = 0; missing < 5; missing++) {
      List<ByteBuffer> payloads = payloads(List.of(lost, kept));
      for (int i = 0; i < payloads.size(); i++) {
        if (i == missing) {
          depacketizer.lost();
        } else {
          depacketizer.accept(payloads.get(i));
        }
      }
      assertThat(depacketizer.take()).isEqualTo(new AccessUnit(List.of(kept), true));
    }
    assertThat(depacketize(payloads(List.of(kept))))
        .isEqualTo(new AccessUnit(List.of(kept), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "48",
        "6001",
        "60010003",
        "60010003aa",
        "60010001aa",
        "600100000003aabbcc",
        "6201",
        "620193",
        "6201d3aa",
        "6401aabb",
        "7e01aa"
      })
  void refusesMalformedPayloads(String hex) {
    ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> depacketizer.accept(payload))
        .isInstanceOf(MalformedMediaException.class);
    assertThat(depacketizer.take()).isEqualTo(new AccessUnit(List.of(), true));
  }

  private List<ByteBuffer> payloads(List<ByteBuffer> units) throws Exception {
    packetizer.write(units, writer);
    RtpBlock block = writer.finish(Codec.H265, true, 0, 0);
    List<ByteBuffer> payloads = Payloads.of(block);
    block.release();
    return payloads;
  }

  private AccessUnit depacketize(List<ByteBuffer> payloads) throws Exception {
    for (ByteBuffer payload : payloads) {
      depacketizer.accept(payload);
    }
    return depacketizer.take();
  }

  private static List<ByteBuffer> buffers(String hex, String separator) {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (String part : hex.split(separator)) {
      buffers.add(ByteBuffer.wrap(HexFormat.of().parseHex(part)));
    }
    return buffers;
  }
}
