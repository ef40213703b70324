package io.roadcast.sfu.srtp;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * Authenticates and decrypts what one peer sends, with protection against replay (RFC 3711 3.3.2; a
 * window of 64 packets per SSRC). An SSRC is remembered only once a packet of it proved authentic.
 * Bad packets are counted by status, never logged. One thread at a time.
 */
public final class SrtpReceiveContext {
  private static final int MAX_SOURCES = 16;
  private static final int RTP_HEADER_BYTES = 12;
  private static final int HMAC_KEY_BYTES = 20;
  private static final Logger SILENT = silentLogger();

  static {
    // Without this the library times several providers at start and takes whichever won that day.
    Aes.setFactoryClassName("SunJCE");
  }

  private final SrtpProfile profile;
  private final SrtpContextFactory factory;
  private final Map<Integer, SrtpCryptoContext> rtpSources = new HashMap<>();
  private final Map<Integer, SrtcpCryptoContext> rtcpSources = new HashMap<>();
  private final ReceivedPacket packet = new ReceivedPacket();
  private final long[] packets = new long[SrtpStatus.values().length];

  /** Takes the peer's direction of the keys. */
  public SrtpReceiveContext(SrtpKeys keys) {
    profile = keys.profile();
    factory =
        new SrtpContextFactory(
            false,
            keys.remote().key().clone(),
            keys.remote().salt().clone(),
            policy(profile),
            policy(profile),
            SILENT);
  }

  /**
   * Opens an SRTP packet in place.
   *
   * @return {@link SrtpStatus#OK} if it is now plain, {@link #plainLength()} bytes long; otherwise
   *     the bytes are undefined
   */
  public SrtpStatus unprotect(byte[] bytes, int offset, int length) {
    return count(openRtp(bytes, offset, length));
  }

  /** Opens an SRTCP packet in place, as {@link #unprotect} does. */
  public SrtpStatus unprotectRtcp(byte[] bytes, int offset, int length) {
    return count(openRtcp(bytes, offset, length));
  }

  /** Length of the packet that was opened last, if it was {@link SrtpStatus#OK}. */
  public int plainLength() {
    return packet.getLength();
  }

  /** How many packets, RTP and RTCP together, ended with this status. */
  public long packets(SrtpStatus status) {
    return packets[status.ordinal()];
  }

  private SrtpStatus openRtp(byte[] bytes, int offset, int length) {
    int header = rtpHeaderLength(bytes, offset, length);
    if (header < 0 || length < header + profile.tagBytes()) {
      return SrtpStatus.MALFORMED;
    }
    int ssrc = BigEndian.getInt(bytes, offset + 8);
    packet.set(bytes, offset, length);
    try {
      SrtpCryptoContext known = rtpSources.get(ssrc);
      SrtpCryptoContext source = known == null ? factory.deriveContext(ssrc, 0) : known;
      SrtpStatus status = status(source.reverseTransformPacket(packet, false));
      return status == SrtpStatus.OK && known == null ? remember(rtpSources, ssrc, source) : status;
    } catch (GeneralSecurityException e) {
      return SrtpStatus.AUTHENTICATION_FAILED;
    }
  }

  private SrtpStatus openRtcp(byte[] bytes, int offset, int length) {
    if (length < PacketProtection.RTCP_HEADER_BYTES + profile.tagBytes() + 4
        || (bytes[offset] & 0xc0) != 0x80) {
      return SrtpStatus.MALFORMED;
    }
    int ssrc = BigEndian.getInt(bytes, offset + 4);
    packet.set(bytes, offset, length);
    try {
      SrtcpCryptoContext known = rtcpSources.get(ssrc);
      SrtcpCryptoContext source = known == null ? factory.deriveControlContext(ssrc) : known;
      SrtpStatus status = status(source.reverseTransformPacket(packet));
      return status == SrtpStatus.OK && known == null
          ? remember(rtcpSources, ssrc, source)
          : status;
    } catch (GeneralSecurityException e) {
      return SrtpStatus.AUTHENTICATION_FAILED;
    }
  }

  private static <T> SrtpStatus remember(Map<Integer, T> sources, int ssrc, T source) {
    if (sources.size() == MAX_SOURCES) {
      return SrtpStatus.TOO_MANY_SOURCES;
    }
    sources.put(ssrc, source);
    return SrtpStatus.OK;
  }

  /**
   * Fixed header, contributing sources and extension (RFC 3550 5.1, 5.3.1), or -1 if they do not
   * fit.
   */
  private static int rtpHeaderLength(byte[] bytes, int offset, int length) {
    if (length < RTP_HEADER_BYTES || (bytes[offset] & 0xc0) != 0x80) {
      return -1;
    }
    int header = RTP_HEADER_BYTES + 4 * (bytes[offset] & 0x0f);
    if ((bytes[offset] & 0x10) != 0) {
      if (length < header + 4) {
        return -1;
      }
      header += 4 + 4 * BigEndian.getUnsignedShort(bytes, offset + header + 2);
    }
    return header;
  }

  private SrtpStatus count(SrtpStatus status) {
    packets[status.ordinal()]++;
    return status;
  }

  private static SrtpStatus status(SrtpErrorStatus status) {
    return switch (status) {
      case OK -> SrtpStatus.OK;
      case AUTH_FAIL -> SrtpStatus.AUTHENTICATION_FAILED;
      case REPLAY_FAIL, REPLAY_OLD -> SrtpStatus.REPLAYED;
      case FAIL, INVALID_PACKET -> SrtpStatus.MALFORMED;
    };
  }

  private static SrtpPolicy policy(SrtpProfile profile) {
    return switch (profile) {
      case AEAD_AES_128_GCM ->
          new SrtpPolicy(
              SrtpPolicy.AESGCM_ENCRYPTION,
              profile.keyBytes(),
              SrtpPolicy.NULL_AUTHENTICATION,
              0,
              profile.tagBytes(),
              profile.saltBytes());
      case AES128_CM_HMAC_SHA1_80 ->
          new SrtpPolicy(
              SrtpPolicy.AESCM_ENCRYPTION,
              profile.keyBytes(),
              SrtpPolicy.HMACSHA1_AUTHENTICATION,
              HMAC_KEY_BYTES,
              profile.tagBytes(),
              profile.saltBytes());
    };
  }

  private static Logger silentLogger() {
    Logger logger = new LoggerImpl(SrtpReceiveContext.class.getName());
    logger.setLevelOff();
    return logger;
  }
}
