package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The worked examples of the standards. */
class SrtpVectorsTest {
  private static final SessionKeys QUID_PRO_QUO =
      new SessionKeys(
          hex("000102030405060708090a0b0c0d0e0f"), new byte[20], hex("517569642070726f2071756f"));

  /**
   * RFC 3711 appendix B.2: with an empty payload's place filled with zeros the ciphertext is the
   * key stream.
   */
  @Test
  void makesTheCounterModeKeyStream() {
    SessionKeys keys =
        new SessionKeys(
            hex("2b7e151628aed2a6abf7158809cf4f3c"),
            new byte[20],
            hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
    byte[] packet = new byte[48 + 10];
    new CounterModeProtection(keys).seal(new byte[48], 0, 48, packet, 0, 0, 0, 0);
    assertThat(Arrays.copyOf(packet, 48))
        .isEqualTo(
            hex(
                "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                    + "41e95b3bb0a2e8dd477901e4fca894c0"));
  }

  /** RFC 3711 appendix B.3. */
  @Test
  void derivesSessionKeys() {
    SrtpKeys.Master master =
        new SrtpKeys.Master(
            hex("e1f97a0d3e018be0d64fa32c06de4139"), hex("0ec675ad498afeebb6960b3aabe6"));
    SessionKeys keys = SessionKeys.forRtp(SrtpProfile.AES128_CM_HMAC_SHA1_80, master);
    assertThat(keys.encryption()).isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
    assertThat(keys.salt()).isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
    assertThat(keys.authentication()).isEqualTo(hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4"));
  }

  /** RFC 7714 section 16.1.1. */
  @Test
  void protectsTheGcmRtpExample() {
    byte[] plain =
        hex(
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e6973206469"
                + "7669736120696e207061727465732074726573");
    byte[] packet = Arrays.copyOf(plain, plain.length + 16);
    new GcmProtection(QUID_PRO_QUO)
        .seal(packet, 12, plain.length - 12, packet, 0, 12, 0x5501a0b2, 0xf17b);
    assertThat(packet)
        .isEqualTo(
            hex(
                "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f"
                    + "42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce"));
  }

  /** RFC 7714 section 17.1. */
  @Test
  void protectsTheGcmRtcpExample() {
    byte[] plain =
        hex(
            "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
    byte[] packet = Arrays.copyOf(plain, plain.length + 20);
    int length =
        new GcmProtection(QUID_PRO_QUO).sealControl(packet, 0, plain.length, 0x4d617273, 0x5d4);
    assertThat(length).isEqualTo(packet.length);
    assertThat(packet)
        .isEqualTo(
            hex(
                "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
                    + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4"));
  }

  @Test
  void splitsTheExportByRole() {
    byte[] exported = new byte[60];
    for (int i = 0; i < exported.length; i++) {
      exported[i] = (byte) i;
    }
    SrtpKeys server =
        SrtpKeys.fromExport(SrtpProfile.AES128_CM_HMAC_SHA1_80, exported, SrtpKeys.DtlsRole.SERVER);
    assertThat(server.remote().key()).startsWith(0, 1).hasSize(16);
    assertThat(server.local().key()).startsWith(16, 17).hasSize(16);
    assertThat(server.remote().salt()).startsWith(32, 33).hasSize(14);
    assertThat(server.local().salt()).startsWith(46, 47).hasSize(14);
    SrtpKeys client =
        SrtpKeys.fromExport(SrtpProfile.AES128_CM_HMAC_SHA1_80, exported, SrtpKeys.DtlsRole.CLIENT);
    assertThat(client.local().key()).isEqualTo(server.remote().key());
    assertThat(server.toString()).doesNotContain("16, 17");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
