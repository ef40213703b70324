package io.roadcast.bench.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.ExpectedTerminals;
import io.roadcast.jtt.jt1078.FrameAssembler;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.Jt1078Packet;
import io.roadcast.jtt.jt1078.Jt1078PacketDecoder;
import io.roadcast.jtt.jt1078.Jt1078PacketEncoder;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.TerminalId;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The packets of a picture of 10 000 bytes out of a byte stream, and joined to the picture. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Jt1078DecodingBenchmark {
  private static final int PICTURE_BYTES = 10_000;
  private static final int PICTURES = 100;
  private static final int MAX_GARBAGE_BYTES = 64 * 1024;

  private final ByteBuf stream = Unpooled.directBuffer(PICTURES * PICTURE_BYTES * 2);
  private final Jt1078PacketDecoder decoder =
      new Jt1078PacketDecoder(
          Jt1078PacketDecoder.DEFAULT_MAX_BODY_BYTES,
          MAX_GARBAGE_BYTES,
          ExpectedTerminals.unknown());
  private final FrameAssembler assembler =
      new FrameAssembler(FrameAssembler.DEFAULT_MAX_FRAME_BYTES, (type, beginning) -> {});

  /** Writes the byte stream that is read over and over. */
  @Setup
  public void setUp() {
    Jt1078PacketEncoder encoder =
        new Jt1078PacketEncoder(TerminalId.ofDigits("13912345678", IdWidth.SIX));
    byte[] picture = new byte[PICTURE_BYTES];
    picture[3] = 1;
    picture[4] = 0x41;
    for (int i = 0; i < PICTURES; i++) {
      encoder.encode(
          stream, 1, PacketType.P_FRAME, PayloadTypes.H264, i * 40L, ByteBuffer.wrap(picture));
    }
  }

  /** Time per picture. */
  @Benchmark
  @OperationsPerInvocation(PICTURES)
  public int decode() {
    stream.readerIndex(0);
    int pictures = 0;
    for (Jt1078Packet packet = decoder.next(stream);
        packet != null;
        packet = decoder.next(stream)) {
      pictures += assembler.add(packet) ? 1 : 0;
    }
    if (pictures != PICTURES) {
      throw new IllegalStateException(pictures + " pictures");
    }
    return pictures;
  }
}
