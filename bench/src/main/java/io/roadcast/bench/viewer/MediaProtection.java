package io.roadcast.bench.viewer;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/** SRTP and SRTCP of one viewer by jitsi-srtp, in both directions. One thread at a time. */
final class MediaProtection {
  private static final int ROOM = 64;
  private static final Logger SILENT = silentLogger();

  static {
    // Otherwise the library measures several providers and takes whichever won that day.
    Aes.setFactoryClassName("SunJCE");
  }

  private final SrtpContextFactory receiving;
  private final SrtpContextFactory sending;
  private final Map<Integer, SrtcpCryptoContext> receivedRtcp = new HashMap<>();
  private final Map<Integer, SrtcpCryptoContext> sentRtcp = new HashMap<>();
  private final Map<Integer, SrtpCryptoContext> sentRtp = new HashMap<>();

  MediaProtection(MediaKeys keys) {
    receiving = factory(keys.suite(), keys.serverKey(), keys.serverSalt(), false);
    sending = factory(keys.suite(), keys.ownKey(), keys.ownSalt(), true);
  }

  private static SrtpContextFactory factory(
      SrtpSuite suite, byte[] key, byte[] salt, boolean sender) {
    return new SrtpContextFactory(
        sender, key.clone(), salt.clone(), suite.policy(), suite.policy(), SILENT);
  }

  /** A context for one SSRC of the server's media. */
  SrtpCryptoContext source(int ssrc) {
    try {
      return receiving.deriveContext(ssrc, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SunJCE has AES", e);
    }
  }

  /** Opens an SRTP packet in place. */
  static SrtpErrorStatus open(SrtpCryptoContext source, PacketBuffer packet) {
    try {
      return source.reverseTransformPacket(packet, false);
    } catch (GeneralSecurityException | RuntimeException e) {
      return SrtpErrorStatus.AUTH_FAIL;
    }
  }

  /** Opens an SRTCP packet in place. */
  SrtpErrorStatus openRtcp(PacketBuffer packet, int ssrc) {
    try {
      SrtcpCryptoContext source = receivedRtcp.get(ssrc);
      boolean known = source != null;
      if (source == null) {
        source = receiving.deriveControlContext(ssrc);
      }
      SrtpErrorStatus status = source.reverseTransformPacket(packet);
      if (status == SrtpErrorStatus.OK && !known) {
        receivedRtcp.put(ssrc, source);
      }
      return status;
    } catch (GeneralSecurityException | RuntimeException e) {
      return SrtpErrorStatus.AUTH_FAIL;
    }
  }

  /**
   * Protects an RTCP packet of ours.
   *
   * @param ssrc what stands in its bytes 4 to 7
   */
  byte[] protectRtcp(byte[] plain, int ssrc) {
    PacketBuffer packet = new PacketBuffer(plain.length + ROOM);
    packet.set(plain, plain.length);
    try {
      SrtcpCryptoContext context = sentRtcp.get(ssrc);
      if (context == null) {
        context = sending.deriveControlContext(ssrc);
        sentRtcp.put(ssrc, context);
      }
      return bytes(context.transformPacket(packet), packet);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SunJCE has AES", e);
    }
  }

  /** Protects an RTP packet of ours. */
  byte[] protectRtp(byte[] plain, int ssrc) {
    PacketBuffer packet = new PacketBuffer(plain.length + ROOM);
    packet.set(plain, plain.length);
    try {
      SrtpCryptoContext context = sentRtp.get(ssrc);
      if (context == null) {
        context = sending.deriveContext(ssrc, 0);
        sentRtp.put(ssrc, context);
      }
      return bytes(context.transformPacket(packet), packet);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SunJCE has AES", e);
    }
  }

  private static byte[] bytes(SrtpErrorStatus status, PacketBuffer packet) {
    if (status != SrtpErrorStatus.OK) {
      throw new IllegalArgumentException("jitsi-srtp does not protect this packet: " + status);
    }
    return Arrays.copyOf(packet.getBuffer(), packet.getLength());
  }

  private static Logger silentLogger() {
    Logger logger = new LoggerImpl(MediaProtection.class.getName());
    logger.setLevelOff();
    return logger;
  }
}
