package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

class Jt1078PacketDecoderFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void accountsForEveryByte(FuzzedDataProvider data) {
    Jt1078PacketDecoder decoder =
        new Jt1078PacketDecoder(
            data.consumeInt(1, 65535), 4096, terminal -> terminal.hashCode() % 2 == 0);
    ByteBuf pending = Unpooled.buffer();
    long fed = 0;
    long delivered = 0;
    while (data.remainingBytes() > 0) {
      byte[] piece =
          data.consumeBoolean()
              ? data.consumeBytes(data.consumeInt(0, 64))
              : "01cd\u0081b".getBytes(StandardCharsets.ISO_8859_1);
      fed += piece.length;
      pending.writeBytes(piece);
      delivered += drain(decoder, pending);
      assertThat(delivered + decoder.skippedBytes() + pending.readableBytes()).isEqualTo(fed);
    }
    decoder.decideNow();
    delivered += drain(decoder, pending);
    decoder.finish(pending);
    assertThat(delivered + decoder.skippedBytes()).isEqualTo(fed);
  }

  private static long drain(Jt1078PacketDecoder decoder, ByteBuf pending) {
    long bytes = 0;
    for (Jt1078Packet packet = decoder.next(pending);
        packet != null;
        packet = decoder.next(pending)) {
      assertThat(packet.bodyOffset() + packet.bodyLength()).isEqualTo(pending.readerIndex());
      assertThat(packet.toString()).isNotEmpty();
      bytes += packet.length();
    }
    return bytes;
  }
}
