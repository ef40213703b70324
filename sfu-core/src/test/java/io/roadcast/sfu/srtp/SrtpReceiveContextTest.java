package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpReceiveContextTest {
  private static final int HEADER = Packets.EXTENDED_HEADER_BYTES;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void refusesTamperedTruncatedAndReplayedPackets(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 1);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    byte[] packet = packet(keys, 100);
    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] tampered = packet.clone();
      tampered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(receiver.unprotect(tampered, 0, tampered.length)).isNotEqualTo(SrtpStatus.OK);
    }
    for (int length = 0; length < packet.length; length++) {
      assertThat(receiver.unprotect(packet.clone(), 0, length)).isNotEqualTo(SrtpStatus.OK);
    }
    assertThat(receiver.unprotect(packet.clone(), 0, packet.length)).isEqualTo(SrtpStatus.OK);
    assertThat(receiver.unprotect(packet.clone(), 0, packet.length)).isEqualTo(SrtpStatus.REPLAYED);
    byte[] later = packet(keys, 300);
    assertThat(receiver.unprotect(later, 0, later.length)).isEqualTo(SrtpStatus.OK);
    byte[] tooOld = packet(keys, 101);
    assertThat(receiver.unprotect(tooOld, 0, tooOld.length)).isEqualTo(SrtpStatus.REPLAYED);
    byte[] reordered = packet(keys, 299);
    assertThat(receiver.unprotect(reordered, 0, reordered.length)).isEqualTo(SrtpStatus.OK);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void survivesGarbage(SrtpProfile profile) {
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.keys(profile, 2));
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = new byte[random.nextInt(120)];
      random.nextBytes(garbage);
      if (garbage.length > 0 && random.nextBoolean()) {
        garbage[0] = (byte) (0x80 | garbage[0] & 0x3f);
      }
      assertThat(receiver.unprotect(garbage.clone(), 0, garbage.length))
          .isNotEqualTo(SrtpStatus.OK);
      assertThat(receiver.unprotectRtcp(garbage, 0, garbage.length)).isNotEqualTo(SrtpStatus.OK);
    }
  }

  @Test
  void isNotFooledByForgedSourcesIntoForgettingTheReplay() {
    SrtpKeys keys = Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 4);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    byte[] packet = packet(keys, 5);
    assertThat(receiver.unprotect(packet.clone(), 0, packet.length)).isEqualTo(SrtpStatus.OK);
    for (int i = 0; i < 100; i++) {
      byte[] forged = packet.clone();
      forged[11] = (byte) (forged[11] + 1 + i);
      assertThat(receiver.unprotect(forged, 0, forged.length))
          .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
    }
    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(SrtpStatus.REPLAYED);
  }

  private static byte[] packet(SrtpKeys keys, int sequenceNumber) {
    JdkSrtpEngine engine = new JdkSrtpEngine();
    byte[] packet =
        Arrays.copyOf(Packets.header(77, sequenceNumber), HEADER + 40 + keys.profile().tagBytes());
    engine.protectOne(engine.newSendContext(keys), MemorySegment.ofArray(packet), 0, HEADER, 40);
    return packet;
  }
}
