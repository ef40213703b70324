package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.media.AudioFrame;
import io.roadcast.media.VideoFrame;
import java.util.concurrent.atomic.LongAdder;

class TerminalChannelFuzzTest {
  private static final int MAX_FRAME_BYTES = 10_000;

  private static final class CheckingSink implements FrameSink {
    private long lastMicros = Long.MIN_VALUE;

    @Override
    public void video(VideoFrame frame) {
      assertThat(frame.nalUnits()).allMatch(unit -> unit.hasRemaining());
      assertThat(frame.timeMicros()).isGreaterThan(lastMicros);
      lastMicros = frame.timeMicros();
    }

    @Override
    public void audio(AudioFrame frame) {
      assertThat(frame.payload().remaining()).isBetween(1, MAX_FRAME_BYTES);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void joinsAnythingToWellFormedFrames(FuzzedDataProvider data) {
    TerminalChannel channel =
        new TerminalChannel(
            MAX_FRAME_BYTES,
            DamagedPictures.FREEZE,
            new SoundBuilder(null),
            new UplinkCounters(new IngestStatistics(), new LongAdder(), new UplinkTotals()),
            new CheckingSink());
    Jt1078Packet packet = new Jt1078Packet();
    long arrival = 0;
    while (data.remainingBytes() > 0) {
      if (data.consumeInt(0, 15) == 0) {
        channel.packetsMissing();
      }
      arrival += data.consumeInt(0, 100_000_000);
      channel.add(packet.wrap(packetOf(data), 0, IdWidth.SIX), arrival);
    }
    channel.end();
  }

  private static ByteBuf packetOf(FuzzedDataProvider data) {
    int type = data.consumeInt(0, 4);
    ByteBuf out = Unpooled.buffer();
    out.writeInt(Jt1078Packet.MAGIC).writeByte(0x81).writeByte(data.consumeByte()).writeShort(0);
    out.writeZero(6).writeByte(1).writeByte(type << 4 | data.consumeInt(0, 3));
    if (type < 4) {
      out.writeLong(data.consumeBoolean() ? 40 : data.consumeLong());
    }
    if (type < 3) {
      out.writeShort(data.consumeShort()).writeShort(data.consumeShort());
    }
    byte[] body = data.consumeBytes(data.consumeInt(0, 60));
    boolean startCode = data.consumeBoolean();
    out.writeShort(body.length + (startCode ? 4 : 0));
    if (startCode) {
      out.writeInt(1);
    }
    return out.writeBytes(body);
  }
}
