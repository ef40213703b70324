package io.roadcast.sfu.srtp;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.LoggerImpl;

/** Keys, packets and the independent implementation for the tests of this package. */
final class Packets {
  static final int EXTENDED_HEADER_BYTES = 12 + 4 + 8;

  private Packets() {}

  static SrtpKeys keys(SrtpProfile profile, long seed) {
    byte[] exported = new byte[profile.exportBytes()];
    new Random(seed).nextBytes(exported);
    return SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.SERVER);
  }

  static SrtpKeys mirrored(SrtpKeys keys) {
    return new SrtpKeys(keys.profile(), keys.remote(), keys.local());
  }

  /** A header with one 8-byte extension block, 24 bytes. */
  static byte[] header(int ssrc, int sequenceNumber) {
    return ByteBuffer.allocate(EXTENDED_HEADER_BYTES)
        .put((byte) 0x90)
        .put((byte) 102)
        .putShort((short) sequenceNumber)
        .putInt(90_000 + sequenceNumber)
        .putInt(ssrc)
        .putShort((short) 0xbede)
        .putShort((short) 2)
        .put(new byte[] {0x10, 1, 0x22, 2, 3, 4, 0, 0})
        .array();
  }

  static RtpBlock block(RtpBlockPool pool, int packets, int payloadBytes, long seed) {
    RtpBlockWriter writer = new RtpBlockWriter(pool);
    byte[] payload = new byte[payloadBytes];
    Random random = new Random(seed);
    try {
      for (int i = 0; i < packets; i++) {
        random.nextBytes(payload);
        writer.put(ByteBuffer.wrap(payload), 0, i == packets - 1 ? payloadBytes / 2 : payloadBytes);
        writer.endPacket();
      }
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
    return writer.finish(Codec.H264, true, 0, 0);
  }

  static byte[] senderReport(int ssrc, int fill) {
    ByteBuffer report = ByteBuffer.allocate(28).putInt(0x80c8_0006).putInt(ssrc);
    while (report.hasRemaining()) {
      report.put((byte) fill);
    }
    return report.array();
  }

  /** jitsi-srtp as a sender with the local keys. */
  static SrtpContextFactory jitsiSender(SrtpKeys keys) {
    Aes.setFactoryClassName("SunJCE");
    SrtpPolicy policy =
        switch (keys.profile()) {
          case AEAD_AES_128_GCM ->
              new SrtpPolicy(
                  SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
          case AES128_CM_HMAC_SHA1_80 ->
              new SrtpPolicy(
                  SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        };
    return new SrtpContextFactory(
        true,
        keys.local().key().clone(),
        keys.local().salt().clone(),
        policy,
        policy,
        new LoggerImpl("test"));
  }

  /** Bytes of a packet with room behind it, as jitsi-srtp wants them. */
  static GrowingPacket growing(byte[] bytes) {
    return new GrowingPacket(bytes);
  }
}
