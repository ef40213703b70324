package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpsecMbEngineTest extends NativeEngineContract {
  @Override
  NativeSrtpEngine load() throws NativeEngineException {
    return SrtpEngines.ipsecMb();
  }

  /**
   * Every length that a packet may have, since the library has code of its own for many of them.
   */
  @Test
  void encryptsEveryLengthAsTheJdkDoes() {
    SrtpKeys keys = Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 7);
    SrtpSendContext ours = context(keys);
    byte[] plain = new byte[1500];
    new Random(7).nextBytes(plain);
    try (SrtpSendContext jdk = new JdkSrtpEngine().newSendContext(keys)) {
      for (int length = 0; length <= 1400; length++) {
        int header = 12 + 4 * (length % 5);
        plain[2] = (byte) (length >> 8);
        plain[3] = (byte) length;
        MemorySegment packet = slab(header + length + 16);
        MemorySegment.copy(plain, 0, packet, ValueLayout.JAVA_BYTE, 0, header + length);
        MemorySegment expected = MemorySegment.ofArray(plain.clone());
        engine().protectOne(ours, packet, 0, header, length);
        new JdkSrtpEngine().protectOne(jdk, expected, 0, header, length);
        assertThat(bytes(packet, 0, header + length + 16))
            .as("%d bytes behind %d", length, header)
            .isEqualTo(bytes(expected, 0, header + length + 16));
      }
    }
  }

  @Test
  void saysBothLibraries() {
    assertThat(engine().name()).matches("ipsec-mb-1\\.[0-9.]+\\+aws-lc-.+");
  }
}
