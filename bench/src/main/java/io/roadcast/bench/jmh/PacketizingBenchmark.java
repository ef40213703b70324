package io.roadcast.bench.jmh;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.NalPacketizer;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import io.roadcast.media.video.VideoPayloads;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One H.264 picture into a block, which happens once whatever the number of viewers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketizingBenchmark {
  @Param({"1000", "10000", "60000"})
  private int pictureBytes;

  @Param({"HEAP", "NATIVE"})
  private RtpBlockPool.Backing memory = RtpBlockPool.Backing.HEAP;

  private final NalPacketizer packetizer = VideoPayloads.packetizer(Codec.H264);
  private RtpBlockPool pool = new RtpBlockPool(memory, 0);
  private RtpBlockWriter writer = new RtpBlockWriter(pool);
  private List<ByteBuffer> picture = List.of();

  /** Makes the picture. */
  @Setup
  public void setUp() {
    pool = new RtpBlockPool(memory, 1 << 20);
    writer = new RtpBlockWriter(pool);
    byte[] slice = new byte[pictureBytes];
    slice[0] = 0x41;
    slice[1] = (byte) 0x9a;
    picture = List.of(ByteBuffer.wrap(slice));
  }

  /** Cuts it. */
  @Benchmark
  public int packetize() throws MalformedMediaException {
    packetizer.write(picture, writer);
    var block = writer.finish(Codec.H264, false, 0, 0);
    block.release();
    return block.packetCount();
  }

  /** Gives the memory back. */
  @TearDown
  public void tearDown() {
    pool.close();
  }
}
