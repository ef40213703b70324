package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What comes of one handshake, whichever side of it is ours: the peer's certificate has the
 * announced hash (RFC 8122), both agreed on a profile of use_srtp (RFC 5764), and the keys come
 * from the exporter. Used by one thread.
 */
final class DtlsOutcome {
  /** Until a flight is sent again for the first time. */
  static final int FIRST_RESEND_MILLIS = 150;

  private final Fingerprint expected;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;
  private @Nullable DtlsFailure failure;
  private boolean closed;

  /**
   * @param expected of the peer's certificate
   */
  DtlsOutcome(Fingerprint expected) {
    this.expected = expected;
  }

  /** What was agreed on; null before. */
  @Nullable SrtpProfile profile() {
    return profile;
  }

  /** The keys, once the handshake is complete. */
  @Nullable SrtpKeys keys() {
    return keys;
  }

  /** Whether the peer ended the association by an alert. */
  boolean closed() {
    return closed;
  }

  /** The reason behind an exception that ended the handshake. */
  DtlsFailure failure(Exception cause) {
    if (failure != null) {
      return failure;
    }
    return switch (cause) {
      case TlsTimeoutException timeout -> DtlsFailure.TIMED_OUT;
      case TlsFatalAlertReceived alert -> DtlsFailure.REFUSED_BY_PEER;
      default -> DtlsFailure.PROTOCOL_ERROR;
    };
  }

  /**
   * Both sides know this profile.
   *
   * @param agreed null if there is none
   * @param alert what the peer is told then
   */
  void agreed(@Nullable SrtpProfile agreed, short alert) throws TlsFatalAlert {
    if (agreed == null) {
      throw failed(DtlsFailure.WITHOUT_SRTP, alert);
    }
    profile = agreed;
  }

  void check(Certificate certificate) throws IOException {
    if (certificate.isEmpty()) {
      throw failed(DtlsFailure.WITHOUT_CERTIFICATE, AlertDescription.handshake_failure);
    }
    if (!expected.matches(certificate.getCertificateAt(0).getEncoded())) {
      throw failed(DtlsFailure.WRONG_FINGERPRINT, AlertDescription.bad_certificate);
    }
  }

  void complete(TlsContext context, SrtpKeys.DtlsRole ours) throws TlsFatalAlert {
    if (profile == null) {
      throw failed(DtlsFailure.WITHOUT_SRTP, AlertDescription.internal_error);
    }
    byte[] exported =
        context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.exportBytes());
    keys = SrtpKeys.fromExport(profile, exported, ours);
  }

  void alert(short level, short description) {
    closed |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
  }

  private TlsFatalAlert failed(DtlsFailure reason, short alert) {
    failure = reason;
    return new TlsFatalAlert(alert, reason.toString());
  }
}
