package io.roadcast.sfu.webrtc;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Answers connectivity checks as a lite agent (RFC 8445 2.5, 7.3). It is always controlled, keeps
 * no state of a peer and opens no path itself: whoever shows the password at an address may be
 * answered there. An instance is used by one thread at a time.
 *
 * <p>Who does not know the password gets nothing, except that a request without any is told so
 * (400) if the answer is not longer than the request.
 */
public final class IceLite {
  private static final int BAD_REQUEST = 400;
  private static final int UNKNOWN_ATTRIBUTE = 420;
  private static final int ROLE_CONFLICT = 487;
  private static final byte[] SILENCE = {};

  private final Mac mac;

  /** Makes a responder for one thread. */
  public IceLite() {
    try {
      mac = Mac.getInstance("HmacSHA1");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is part of every JDK", e);
    }
  }

  /**
   * The fragment by which a check names the session it belongs to, or null if the datagram is no
   * well-formed Binding request with a user name. Nothing is authenticated by this.
   */
  public static @Nullable String ufragOf(byte[] datagram, int offset, int length) {
    StunMessage message = StunMessage.parse(datagram, offset, length);
    return message == null || message.type() != StunMessage.BINDING_REQUEST
        ? null
        : message.localUfrag();
  }

  /**
   * Judges a datagram and makes the answer.
   *
   * @param source where it came from, and what the answer tells
   * @param local our credentials of the session that {@link #ufragOf} named
   */
  public IceCheck check(
      byte[] datagram, int offset, int length, InetSocketAddress source, IceCredentials local) {
    StunMessage request = StunMessage.parse(datagram, offset, length);
    if (request == null || !request.hasValidFingerprint()) {
      return silent(IceCheck.Verdict.MALFORMED);
    }
    if (request.type() != StunMessage.BINDING_REQUEST) {
      return silent(IceCheck.Verdict.NOT_A_REQUEST);
    }
    if (!local.ufrag().equals(request.localUfrag())) {
      return silent(IceCheck.Verdict.WRONG_CREDENTIALS);
    }
    if (!request.hasIntegrity()) {
      byte[] answer =
          new StunWriter(StunMessage.BINDING_ERROR, request).errorCode(BAD_REQUEST).finish();
      return answer.length <= length
          ? new IceCheck(IceCheck.Verdict.WITHOUT_INTEGRITY, answer)
          : silent(IceCheck.Verdict.WITHOUT_INTEGRITY);
    }
    initialize(local);
    if (!request.isAuthentic(mac)) {
      return silent(IceCheck.Verdict.WRONG_CREDENTIALS);
    }
    return answerAuthentic(request, source);
  }

  private IceCheck answerAuthentic(StunMessage request, InetSocketAddress source) {
    if (request.unknownAttributes().length > 0) {
      StunWriter error =
          new StunWriter(StunMessage.BINDING_ERROR, request)
              .errorCode(UNKNOWN_ATTRIBUTE)
              .unknownAttributes(request.unknownAttributes());
      return new IceCheck(IceCheck.Verdict.UNKNOWN_ATTRIBUTE, error.integrity(mac).finish());
    }
    if (request.controlled()) {
      StunWriter error =
          new StunWriter(StunMessage.BINDING_ERROR, request).errorCode(ROLE_CONFLICT);
      return new IceCheck(IceCheck.Verdict.ROLE_CONFLICT, error.integrity(mac).finish());
    }
    byte[] answer =
        new StunWriter(StunMessage.BINDING_SUCCESS, request)
            .mappedAddress(source)
            .integrity(mac)
            .finish();
    return new IceCheck(
        request.useCandidate() ? IceCheck.Verdict.NOMINATED : IceCheck.Verdict.VALID, answer);
  }

  private void initialize(IceCredentials local) {
    try {
      mac.init(new SecretKeySpec(local.password().getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("any bytes are a key for HMAC-SHA1", e);
    }
  }

  private static IceCheck silent(IceCheck.Verdict verdict) {
    return new IceCheck(verdict, SILENCE);
  }
}
