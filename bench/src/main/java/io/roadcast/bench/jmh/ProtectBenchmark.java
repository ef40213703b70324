package io.roadcast.bench.jmh;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import io.roadcast.sfu.srtp.JdkSrtpEngine;
import io.roadcast.sfu.srtp.NativeEngineException;
import io.roadcast.sfu.srtp.SlabKind;
import io.roadcast.sfu.srtp.SrtpEngine;
import io.roadcast.sfu.srtp.SrtpEngines;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.srtp.SrtpSendContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Protection of a packet, in runs of five, with the keys of 200 viewers in turn: of the longest
 * payload, of one that the JDK's widest code takes whole, and of one that shows what each packet
 * costs whatever its length.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProtectBenchmark {
  private static final int VIEWERS = 200;
  private static final int RUN = 5;
  private static final int HEADER_BYTES = 20;
  private static final int STRIDE = 1280;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** What encrypts. */
  public enum Engine {
    IPSECMB,
    AWSLC,
    JDK
  }

  @Param({"IPSECMB", "AWSLC", "JDK"})
  private Engine with = Engine.JDK;

  @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
  private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

  @Param({"16", "1024", "1150"})
  private int payloadBytes = RtpBlockWriter.MAX_PAYLOAD_BYTES;

  private SrtpEngine engine = new JdkSrtpEngine();
  private final @Nullable SrtpSendContext[] contexts = new SrtpSendContext[VIEWERS];
  private MemorySegment slab = MemorySegment.NULL;
  private @Nullable RtpBlock block;
  private int viewer;
  private int sequenceNumber;

  /** Makes keys, memory and a block in the memory that the engine prefers. */
  @Setup
  public void setUp() throws NativeEngineException, MalformedMediaException {
    engine =
        switch (with) {
          case IPSECMB -> SrtpEngines.ipsecMb();
          case AWSLC -> SrtpEngines.awsLc();
          case JDK -> new JdkSrtpEngine();
        };
    boolean heap = engine.preferredMemory() == SlabKind.HEAP;
    slab =
        heap
            ? MemorySegment.ofArray(new byte[RUN * STRIDE])
            : Arena.global().allocate(RUN * STRIDE, 64);
    Random random = new Random(1);
    for (int i = 0; i < VIEWERS; i++) {
      byte[] exported = new byte[profile.exportBytes()];
      random.nextBytes(exported);
      contexts[i] =
          engine.newSendContext(SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.SERVER));
    }
    block = block(heap ? RtpBlockPool.Backing.HEAP : RtpBlockPool.Backing.NATIVE);
  }

  private RtpBlock block(RtpBlockPool.Backing memory) throws MalformedMediaException {
    RtpBlockWriter writer = new RtpBlockWriter(new RtpBlockPool(memory, 0));
    for (int i = 0; i < RUN; i++) {
      writer.put(ByteBuffer.wrap(new byte[payloadBytes]), 0, payloadBytes);
      writer.endPacket();
    }
    return writer.finish(Codec.H264, false, 0, 0);
  }

  /** Time per packet. */
  @Benchmark
  @OperationsPerInvocation(RUN)
  public int protect() {
    SrtpSendContext context = contexts[viewer];
    if (block == null || context == null) {
      throw new IllegalStateException("not set up");
    }
    for (int i = 0; i < RUN; i++) {
      slab.set(SHORT, (long) i * STRIDE + 2, (short) (sequenceNumber + i));
    }
    viewer++;
    if (viewer == VIEWERS) {
      viewer = 0;
      sequenceNumber += RUN;
    }
    return engine.protect(context, block, 0, RUN, slab, 0, HEADER_BYTES, STRIDE);
  }
}
