package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine does, held against the independent jitsi-srtp. */
abstract class SrtpEngineContract {
  static final int SSRC = 0xcafe_f00d;
  static final int HEADER = Packets.EXTENDED_HEADER_BYTES;
  private static final int PAYLOAD = 1000;
  private static final int SLAB_BYTES = 64 * 1024;

  private final Arena arena = Arena.ofConfined();
  private final List<SrtpSendContext> contexts = new ArrayList<>();
  private @Nullable MemorySegment large;

  abstract SrtpEngine engine();

  @AfterEach
  void close() {
    contexts.forEach(SrtpSendContext::close);
    arena.close();
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void makesTheSameBytesAsAnIndependentSenderOverTheRollover(SrtpProfile profile) throws Exception {
    SrtpKeys keys = Packets.keys(profile, 1);
    SrtpCryptoContext independent = Packets.jitsiSender(keys).deriveContext(SSRC, 0);
    SrtpSendContext context = context(keys);
    try (RtpBlockPool pool = pool(RtpBlockPool.Backing.HEAP)) {
      RtpBlock block = Packets.block(pool, 20, PAYLOAD, 2);
      int sequenceNumber = 32_000;
      for (int run = 0; run < 400; run++) {
        List<byte[]> sent = protect(context, block, 0, 20, sequenceNumber);
        for (int i = 0; i < sent.size(); i++) {
          byte[] expected = sealed(independent, plain(block, i, sequenceNumber + i));
          assertThat(sent.get(i)).isEqualTo(expected);
        }
        sequenceNumber = (sequenceNumber + 400) & 0xffff;
      }
      block.release();
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void makesTheSameBytesForEveryLengthWhereverTheyLie(SrtpProfile profile) throws Exception {
    SrtpKeys keys = Packets.keys(profile, 11);
    SrtpCryptoContext independent = Packets.jitsiSender(keys).deriveContext(SSRC, 0);
    SrtpSendContext context = context(keys);
    MemorySegment slab = slab(2000);
    Random random = new Random(12);
    for (int length = 1; length <= 1200; length += length < 150 ? 1 : 37) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      byte[] plain = join(Packets.header(SSRC, length), payload);
      int at = random.nextInt(64);
      MemorySegment.copy(plain, 0, slab, ValueLayout.JAVA_BYTE, at, plain.length);
      int sealed = engine().protectOne(context, slab, at, HEADER, length);
      assertThat(bytes(slab, at, sealed)).isEqualTo(sealed(independent, plain));
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void makesTheSameBytesForSinglePacketsOnSsrcsOfTheirOwn(SrtpProfile profile) throws Exception {
    SrtpKeys keys = Packets.keys(profile, 7);
    SrtpSendContext context = context(keys);
    MemorySegment slab = slab(400);
    for (int ssrc = 1; ssrc <= 6; ssrc++) {
      SrtpCryptoContext independent = Packets.jitsiSender(keys).deriveContext(ssrc, 0);
      for (int sequenceNumber : new int[] {9, 10, 300, 32_000, 64_000, 65_535, 0, 4}) {
        byte[] plain = join(Packets.header(ssrc, sequenceNumber), new byte[60]);
        MemorySegment.copy(plain, 0, slab, ValueLayout.JAVA_BYTE, 50, plain.length);
        int length = engine().protectOne(context, slab, 50, HEADER, 60);
        assertThat(length).isEqualTo(HEADER + 60 + profile.tagBytes());
        assertThat(bytes(slab, 50, length)).isEqualTo(sealed(independent, plain));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void isReadByTheReceiverOverTheRollover(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 3);
    SrtpSendContext context = context(keys);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    try (RtpBlockPool pool = pool(RtpBlockPool.Backing.NATIVE)) {
      RtpBlock block = Packets.block(pool, 5, PAYLOAD, 4);
      int sequenceNumber = 0x7ff0;
      for (int run = 0; run < 700; run++) {
        List<byte[]> sent = protect(context, block, 0, 5, sequenceNumber);
        for (int i = 0; i < 5; i++) {
          byte[] packet = sent.get(i);
          assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(SrtpStatus.OK);
          assertThat(Arrays.copyOf(packet, receiver.plainLength()))
              .isEqualTo(plain(block, i, sequenceNumber + i));
        }
        sequenceNumber = (sequenceNumber + 200) & 0xffff;
      }
      assertThat(receiver.packets(SrtpStatus.OK)).isEqualTo(3_500);
      block.release();
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void readsBlocksInAndOutsideTheHeap(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 5);
    try (RtpBlockPool heap = pool(RtpBlockPool.Backing.HEAP);
        RtpBlockPool outside = pool(RtpBlockPool.Backing.NATIVE)) {
      RtpBlock inHeap = Packets.block(heap, 7, PAYLOAD, 6);
      RtpBlock offHeap = Packets.block(outside, 7, PAYLOAD, 6);
      byte[][] fromHeap = protect(context(keys), inHeap, 2, 5, 100).toArray(byte[][]::new);
      byte[][] fromOutside = protect(context(keys), offHeap, 2, 5, 100).toArray(byte[][]::new);
      assertThat(fromOutside).isDeepEqualTo(fromHeap);
      inHeap.release();
      offHeap.release();
    }
  }

  @Test
  void refusesASequenceNumberThatDoesNotRise() {
    SrtpSendContext context = context(Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 8));
    MemorySegment slab = slab(200);
    send(context, slab, 65_535);
    send(context, slab, 3);
    assertThatThrownBy(() -> send(context, slab, 3)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> send(context, slab, 65_535)).isInstanceOf(IllegalStateException.class);
    send(context, slab, 4);
  }

  @Test
  void refusesASlabInTheWrongMemory() {
    SrtpSendContext context = context(Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 8));
    MemorySegment wrong =
        switch (engine().preferredMemory()) {
          case HEAP -> arena.allocate(200);
          case NATIVE -> MemorySegment.ofArray(new byte[200]);
        };
    assertThatThrownBy(() -> engine().protectOne(context, wrong, 0, 12, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(KnownAnswer.class)
  void givesTheKnownAnswers(KnownAnswer answer) {
    assertThat(answer.isGivenBy(engine())).isTrue();
  }

  SrtpSendContext context(SrtpKeys keys) {
    SrtpSendContext context = engine().newSendContext(keys);
    contexts.add(context);
    return context;
  }

  /** In the engine's memory, not at its beginning where that can be avoided. */
  MemorySegment slab(int bytes) {
    return switch (engine().preferredMemory()) {
      case HEAP -> MemorySegment.ofArray(new byte[bytes + 100]).asSlice(100);
      case NATIVE -> arena.allocate(bytes);
    };
  }

  static byte[] bytes(MemorySegment slab, long from, int length) {
    return slab.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private void send(SrtpSendContext context, MemorySegment slab, int sequenceNumber) {
    byte[] header = Packets.header(SSRC, sequenceNumber);
    MemorySegment.copy(header, 0, slab, ValueLayout.JAVA_BYTE, 0, HEADER);
    engine().protectOne(context, slab, 0, HEADER, 50);
  }

  private List<byte[]> protect(
      SrtpSendContext context, RtpBlock block, int first, int count, int sequenceNumber) {
    int stride = HEADER + PAYLOAD + context.profile().tagBytes();
    MemorySegment slab = reused();
    for (int i = 0; i < count; i++) {
      byte[] header = Packets.header(SSRC, sequenceNumber + i);
      MemorySegment.copy(header, 0, slab, ValueLayout.JAVA_BYTE, 64 + (long) i * stride, HEADER);
    }
    int length = engine().protect(context, block, first, count, slab, 64, HEADER, stride);
    int lastLength = HEADER + block.payloadLength(first + count - 1) + context.profile().tagBytes();
    assertThat(length).isEqualTo((count - 1) * stride + lastLength);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      packets.add(bytes(slab, 64 + (long) i * stride, i == count - 1 ? lastLength : stride));
    }
    return packets;
  }

  private MemorySegment reused() {
    if (large == null) {
      large = slab(SLAB_BYTES);
    }
    return large;
  }

  private static RtpBlockPool pool(RtpBlockPool.Backing backing) {
    return new RtpBlockPool(backing, 1 << 20);
  }

  private static byte[] sealed(SrtpCryptoContext independent, byte[] plain) throws Exception {
    GrowingPacket packet = Packets.growing(plain);
    assertThat(independent.transformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
    return packet.content();
  }

  private static byte[] plain(RtpBlock block, int packet, int sequenceNumber) {
    byte[] payload = bytes(block.bytes(), block.payloadOffset(packet), block.payloadLength(packet));
    return join(Packets.header(SSRC, sequenceNumber), payload);
  }

  private static byte[] join(byte[] header, byte[] payload) {
    return ByteBuffer.allocate(header.length + payload.length).put(header).put(payload).array();
  }
}
