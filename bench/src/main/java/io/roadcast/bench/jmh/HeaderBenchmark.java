package io.roadcast.bench.jmh;

import io.roadcast.sfu.udp.RtpHeaderLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One RTP header with its extension. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderBenchmark {
  private static final int EXTENSION_ID = 5;
  private static final int SLAB_BYTES = 256 * 1024;
  private static final int STRIDE = 1186;

  private final RtpHeaderLayout layout = new RtpHeaderLayout(102, 0x1234, EXTENSION_ID);
  private final MemorySegment heap = MemorySegment.ofArray(new byte[SLAB_BYTES]);
  private final MemorySegment outside = Arena.global().allocate(SLAB_BYTES, 64);
  private long sequence;
  private int at;

  /** Into a slab of the heap. */
  @Benchmark
  public void writeToHeap() {
    write(heap);
  }

  /** Into a slab outside the heap. */
  @Benchmark
  public void writeOutsideTheHeap() {
    write(outside);
  }

  private void write(MemorySegment slab) {
    at += STRIDE;
    if (at > SLAB_BYTES - STRIDE) {
      at = 0;
    }
    layout.write(slab, at, false, sequence++, 90_000, 0);
  }
}
