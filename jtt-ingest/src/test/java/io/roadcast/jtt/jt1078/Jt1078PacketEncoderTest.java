package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Jt1078PacketEncoderTest {
  private static final TerminalId SIX = TerminalId.ofDigits("014482607571", IdWidth.SIX);

  private static ByteBuffer body(int bytes) {
    return ByteBuffer.wrap(new byte[bytes]);
  }

  @Test
  void writesTheHeaderThatATerminalWrote() {
    ByteBuf out = Unpooled.buffer();
    new Jt1078PacketEncoder(SIX, 950, 29)
        .encode(out, 1, PacketType.AUDIO, PayloadTypes.G711_A, 0x1a065e9ea8aL, body(320));
    assertThat(ByteBufUtil.hexDump(out, 0, 26))
        .isEqualTo("303163648186001d0144826075710130000001a065e9ea8a0140");
    assertThat(out.readableBytes()).isEqualTo(26 + 320);
  }

  @Test
  void writesATenByteIdAndTheIntervals() {
    ByteBuf out = Unpooled.buffer();
    TerminalId ten = TerminalId.ofBytes(HexFormat.of().parseHex("00000866496077582164"));
    Jt1078PacketEncoder encoder = new Jt1078PacketEncoder(ten, 950, 0x75);
    encoder.encode(out, 1, PacketType.I_FRAME, PayloadTypes.H264, 29826261 - 1866, body(1));
    encoder.encode(out, 1, PacketType.P_FRAME, PayloadTypes.H264, 29826261 - 33, body(1));
    out.clear();
    encoder.skipSequence(-1);
    encoder.encode(out, 1, PacketType.P_FRAME, PayloadTypes.H264, 29826261, body(103));
    assertThat(ByteBufUtil.hexDump(out, 0, 34))
        .isEqualTo("3031636481e200760000086649607758216401100000000001c71cd5074a00210067");
  }

  @Test
  void cutsAtTheLimitAndMarksOnlyTheLastPacket() {
    List<ByteBuf> datagrams = new ArrayList<>();
    int count =
        new Jt1078PacketEncoder(SIX, 950, 65535)
            .encode(
                Unpooled::buffer,
                datagrams::add,
                3,
                PacketType.I_FRAME,
                PayloadTypes.H265,
                7,
                body(2000));
    assertThat(count).isEqualTo(3);
    Jt1078Packet packet = new Jt1078Packet();
    assertThat(datagrams)
        .extracting(datagram -> packet.wrap(datagram, 0, IdWidth.SIX).subPacket())
        .containsExactly(SubPacket.FIRST, SubPacket.MIDDLE, SubPacket.LAST);
    assertThat(datagrams)
        .extracting(datagram -> packet.wrap(datagram, 0, IdWidth.SIX).marker())
        .containsExactly(false, false, true);
    assertThat(datagrams)
        .extracting(datagram -> packet.wrap(datagram, 0, IdWidth.SIX).sequence())
        .containsExactly(65535, 0, 1);
    assertThat(datagrams)
        .allMatch(
            datagram -> datagram.readableBytes() == packet.wrap(datagram, 0, IdWidth.SIX).length());
  }

  @Test
  void leavesTimestampAndIntervalsOutOfTransparentData() {
    ByteBuf out = Unpooled.buffer();
    new Jt1078PacketEncoder(SIX)
        .encode(out, 1, PacketType.TRANSPARENT, PayloadTypes.TRANSPARENT, 7, body(4));
    assertThat(out.readableBytes()).isEqualTo(18 + 4);
  }
}
