package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.management.ThreadMXBean;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a native engine must do besides. */
abstract class NativeEngineContract extends SrtpEngineContract {
  private final NativeSrtpEngine engine = loaded();

  /** The engine that is tested. */
  abstract NativeSrtpEngine load() throws NativeEngineException;

  @Override
  NativeSrtpEngine engine() {
    return engine;
  }

  private NativeSrtpEngine loaded() {
    try {
      return load();
    } catch (NativeEngineException e) {
      return abort("this engine is not tested on this machine: " + e.getMessage());
    }
  }

  @Override
  @AfterEach
  void close() {
    super.close();
    assertThat(engine.openContexts()).isZero();
  }

  /** RFC 3711 appendix B.2: encrypted zeros are the key stream. */
  @Test
  void makesTheCounterModeKeyStream() {
    SessionKeys keys =
        new SessionKeys(
            hex("2b7e151628aed2a6abf7158809cf4f3c"),
            new byte[20],
            hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
    MemorySegment packet = slab(48 + 10);
    try (NativeContext context = engine.context(SrtpProfile.AES128_CM_HMAC_SHA1_80, keys)) {
      context.seal(packet.address(), 48, packet.address(), 0, 0, 0);
    }
    assertThat(bytes(packet, 0, 48))
        .isEqualTo(
            hex(
                "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                    + "41e95b3bb0a2e8dd477901e4fca894c0"));
  }

  /** RFC 7714 section 16.1.1. */
  @Test
  void protectsTheGcmExample() {
    SessionKeys keys =
        new SessionKeys(
            hex("000102030405060708090a0b0c0d0e0f"), new byte[20], hex("517569642070726f2071756f"));
    byte[] plain =
        hex(
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e6973206469"
                + "7669736120696e207061727465732074726573");
    MemorySegment packet = slab(plain.length + 16);
    MemorySegment.copy(plain, 0, packet, ValueLayout.JAVA_BYTE, 0, plain.length);
    try (NativeContext context = engine.context(SrtpProfile.AEAD_AES_128_GCM, keys)) {
      long at = packet.address();
      context.seal(at + 12, plain.length - 12, at, 12, 0x5501a0b2, 0xf17b);
    }
    assertThat(bytes(packet, 0, plain.length + 16))
        .isEqualTo(
            hex(
                "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f"
                    + "42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce"));
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void aClosedContextProtectsNothing(SrtpProfile profile) {
    SrtpSendContext context = engine.newSendContext(Packets.keys(profile, 1));
    assertThat(engine.openContexts()).isOne();
    context.close();
    context.close();
    assertThat(engine.openContexts()).isZero();
    MemorySegment slab = slab(100);
    assertThatThrownBy(() -> engine.protectOne(context, slab, 0, 12, 10))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void makesNothingForTheCollector(SrtpProfile profile) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    SrtpSendContext context = context(Packets.keys(profile, 2));
    MemorySegment slab = slab(20 * 1200);
    try (RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.NATIVE, 1 << 20)) {
      RtpBlock block = Packets.block(pool, 20, 1000, 3);
      long allocated = 0;
      for (int round = 0; round < 2000; round++) {
        if (round == 1000) {
          allocated = threads.getCurrentThreadAllocatedBytes();
        }
        for (int i = 0; i < 20; i++) {
          slab.set(ValueLayout.JAVA_SHORT_UNALIGNED, i * 1200L + 2, big(round * 20 + i));
        }
        engine.protect(context, block, 0, 20, slab, 0, 12, 1200);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
      assertThat(allocated / 20_000.0).as("bytes a packet").isLessThan(1);
      block.release();
    }
  }

  private static short big(int sequenceNumber) {
    return Short.reverseBytes((short) sequenceNumber);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
