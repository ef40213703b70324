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
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdkSrtpEngineTest {
  private static final int SSRC = 0xcafe_f00d;
  private static final int HEADER = Packets.EXTENDED_HEADER_BYTES;
  private static final int PAYLOAD = 1000;

  private final JdkSrtpEngine engine = new JdkSrtpEngine();

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void makesTheSameBytesAsAnIndependentSenderOverTheRollover(SrtpProfile profile) throws Exception {
    SrtpKeys keys = Packets.keys(profile, 1);
    SrtpCryptoContext independent = Packets.jitsiSender(keys).deriveContext(SSRC, 0);
    SrtpSendContext context = engine.newSendContext(keys);
    try (RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20)) {
      RtpBlock block = Packets.block(pool, 20, PAYLOAD, 2);
      int sequenceNumber = 32_000;
      for (int run = 0; run < 400; run++) {
        List<byte[]> sent = protect(context, block, 0, 20, sequenceNumber);
        for (int i = 0; i < sent.size(); i++) {
          GrowingPacket plain = Packets.growing(plain(block, i, sequenceNumber + i));
          assertThat(independent.transformPacket(plain)).isEqualTo(SrtpErrorStatus.OK);
          assertThat(sent.get(i)).isEqualTo(plain.content());
        }
        sequenceNumber = (sequenceNumber + 400) & 0xffff;
      }
      block.release();
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void isReadByTheReceiverOverTheRollover(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 3);
    SrtpSendContext context = engine.newSendContext(keys);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    try (RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20)) {
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
  void readsBlocksOutsideTheHeapAndAnyPlaceInTheSlab(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 5);
    try (RtpBlockPool heap = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
        RtpBlockPool outside = new RtpBlockPool(RtpBlockPool.Backing.NATIVE, 1 << 20)) {
      RtpBlock inHeap = Packets.block(heap, 7, PAYLOAD, 6);
      RtpBlock offHeap = Packets.block(outside, 7, PAYLOAD, 6);
      byte[][] fromHeap =
          protect(engine.newSendContext(keys), inHeap, 2, 5, 100).toArray(byte[][]::new);
      byte[][] fromOutside =
          protect(engine.newSendContext(keys), offHeap, 2, 5, 100).toArray(byte[][]::new);
      assertThat(fromOutside).isDeepEqualTo(fromHeap);
      inHeap.release();
      offHeap.release();
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void protectsOnePacketInPlaceOnItsOwnSsrc(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 7);
    SrtpSendContext context = engine.newSendContext(keys);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    byte[] slab = new byte[400];
    MemorySegment segment = MemorySegment.ofArray(slab).asSlice(100);
    for (int ssrc = 1; ssrc <= 6; ssrc++) {
      for (int sequenceNumber = 9; sequenceNumber < 12; sequenceNumber++) {
        System.arraycopy(Packets.header(ssrc, sequenceNumber), 0, slab, 150, HEADER);
        Arrays.fill(slab, 150 + HEADER, 150 + HEADER + 60, (byte) 7);
        int length = engine.protectOne(context, segment, 50, HEADER, 60);
        assertThat(length).isEqualTo(HEADER + 60 + profile.tagBytes());
        assertThat(receiver.unprotect(slab, 150, length)).isEqualTo(SrtpStatus.OK);
        assertThat(slab[150 + HEADER + 59]).isEqualTo((byte) 7);
      }
    }
  }

  @Test
  void refusesASequenceNumberThatDoesNotRise() {
    SrtpSendContext context = engine.newSendContext(Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 8));
    byte[] slab = new byte[200];
    send(context, slab, 65_535);
    send(context, slab, 3);
    assertThatThrownBy(() -> send(context, slab, 3)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> send(context, slab, 65_535)).isInstanceOf(IllegalStateException.class);
    send(context, slab, 4);
  }

  @Test
  void refusesASlabOutsideTheHeap() {
    SrtpSendContext context = engine.newSendContext(Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 8));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slab = arena.allocate(200);
      assertThatThrownBy(() -> engine.protectOne(context, slab, 0, 12, 10))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void send(SrtpSendContext context, byte[] slab, int sequenceNumber) {
    System.arraycopy(Packets.header(SSRC, sequenceNumber), 0, slab, 0, HEADER);
    engine.protectOne(context, MemorySegment.ofArray(slab), 0, HEADER, 50);
  }

  private List<byte[]> protect(
      SrtpSendContext context, RtpBlock block, int first, int count, int sequenceNumber) {
    int stride = HEADER + PAYLOAD + context.profile().tagBytes();
    byte[] slab = new byte[64 + count * stride];
    for (int i = 0; i < count; i++) {
      System.arraycopy(Packets.header(SSRC, sequenceNumber + i), 0, slab, 64 + i * stride, HEADER);
    }
    int length =
        engine.protect(
            context, block, first, count, MemorySegment.ofArray(slab), 64, HEADER, stride);
    int lastLength = HEADER + block.payloadLength(first + count - 1) + context.profile().tagBytes();
    assertThat(length).isEqualTo((count - 1) * stride + lastLength);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = 64 + i * stride;
      packets.add(Arrays.copyOfRange(slab, from, from + (i == count - 1 ? lastLength : stride)));
    }
    return packets;
  }

  private static byte[] plain(RtpBlock block, int packet, int sequenceNumber) {
    byte[] payload =
        block
            .bytes()
            .asSlice(block.payloadOffset(packet), block.payloadLength(packet))
            .toArray(ValueLayout.JAVA_BYTE);
    return ByteBuffer.allocate(HEADER + payload.length)
        .put(Packets.header(SSRC, sequenceNumber))
        .put(payload)
        .array();
  }
}
