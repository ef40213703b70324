package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtcpTest {
  private static final int SSRC = 0x1234_5678;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void makesTheSameBytesAsAnIndependentSender(SrtpProfile profile) throws Exception {
    SrtpKeys keys = Packets.keys(profile, 1);
    SrtcpCryptoContext independent = Packets.jitsiSender(keys).deriveControlContext(SSRC);
    SrtcpSendContext context = new SrtcpSendContext(keys);
    // The independent sender counts from 0, ours from 1.
    protect(Packets.growing(Packets.senderReport(SSRC, 0)), independent);
    for (int i = 0; i < 100; i++) {
      byte[] plain = Packets.senderReport(SSRC, i);
      GrowingPacket expected = Packets.growing(plain);
      protect(expected, independent);
      assertThat(protect(context, plain)).isEqualTo(expected.content());
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void isReadByTheReceiverFromSeveralSources(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 2);
    SrtcpSendContext context = new SrtcpSendContext(keys);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    for (int i = 0; i < 300; i++) {
      byte[] plain = Packets.senderReport(SSRC + i % 3, i);
      byte[] packet = protect(context, plain);
      assertThat(packet).hasSize(plain.length + context.overheadBytes());
      assertThat(receiver.unprotectRtcp(packet, 0, packet.length)).isEqualTo(SrtpStatus.OK);
      assertThat(Arrays.copyOf(packet, receiver.plainLength())).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void refusesTamperedTruncatedAndReplayedPackets(SrtpProfile profile) {
    SrtpKeys keys = Packets.keys(profile, 3);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    byte[] packet = protect(new SrtcpSendContext(keys), Packets.senderReport(SSRC, 9));
    for (int bit = 16; bit < packet.length * 8; bit++) {
      byte[] tampered = packet.clone();
      tampered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(receiver.unprotectRtcp(tampered, 0, tampered.length)).isNotEqualTo(SrtpStatus.OK);
    }
    for (int length = 0; length < packet.length; length++) {
      assertThat(receiver.unprotectRtcp(packet.clone(), 0, length)).isNotEqualTo(SrtpStatus.OK);
    }
    assertThat(receiver.unprotectRtcp(packet.clone(), 0, packet.length)).isEqualTo(SrtpStatus.OK);
    assertThat(receiver.unprotectRtcp(packet.clone(), 0, packet.length))
        .isEqualTo(SrtpStatus.REPLAYED);
    assertThat(receiver.packets(SrtpStatus.REPLAYED)).isEqualTo(1);
    assertThat(receiver.packets(SrtpStatus.AUTHENTICATION_FAILED)).isPositive();
  }

  @Test
  void remembersABoundedNumberOfSources() {
    SrtpKeys keys = Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 4);
    SrtcpSendContext context = new SrtcpSendContext(keys);
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    for (int i = 0; i < 20; i++) {
      byte[] packet = protect(context, Packets.senderReport(SSRC + i, 1));
      assertThat(receiver.unprotectRtcp(packet, 0, packet.length))
          .isEqualTo(i < 16 ? SrtpStatus.OK : SrtpStatus.TOO_MANY_SOURCES);
    }
  }

  /** RFC 3711 3.4: a cleared E flag says that the payload is authentic but not encrypted. */
  @Test
  void takesAnAuthenticPacketThatIsNotEncrypted() throws Exception {
    SrtpKeys keys = Packets.keys(SrtpProfile.AES128_CM_HMAC_SHA1_80, 5);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(
        new SecretKeySpec(
            SessionKeys.forRtcp(keys.profile(), keys.local()).authentication(), "HmacSHA1"));
    byte[] plain = Packets.senderReport(SSRC, 3);
    byte[] indexed = ByteBuffer.allocate(plain.length + 4).put(plain).putInt(77).array();
    byte[] packet =
        ByteBuffer.allocate(indexed.length + 10)
            .put(indexed)
            .put(mac.doFinal(indexed), 0, 10)
            .array();
    SrtpReceiveContext receiver = new SrtpReceiveContext(Packets.mirrored(keys));
    assertThat(receiver.unprotectRtcp(packet, 0, packet.length)).isEqualTo(SrtpStatus.OK);
    assertThat(Arrays.copyOf(packet, receiver.plainLength())).isEqualTo(plain);
  }

  private static byte[] protect(SrtcpSendContext context, byte[] plain) {
    byte[] packet = Arrays.copyOf(plain, plain.length + context.overheadBytes());
    assertThat(context.protect(packet, 0, plain.length)).isEqualTo(packet.length);
    return packet;
  }

  private static void protect(GrowingPacket packet, SrtcpCryptoContext independent)
      throws Exception {
    assertThat(independent.transformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
  }
}
