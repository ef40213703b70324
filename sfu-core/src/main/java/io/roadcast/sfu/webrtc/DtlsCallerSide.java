package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.stream.Stream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/**
 * What our side insists on as the client of a handshake, as {@link DtlsPeer} does as its server.
 */
final class DtlsCallerSide extends DefaultTlsClient {
  private static final int TIMEOUT_MILLIS = 15_000;
  private static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
  };

  private final DtlsCertificate certificate;
  private final DtlsOutcome outcome;

  DtlsCallerSide(DtlsCertificate certificate, Fingerprint expected) {
    super(certificate.crypto());
    this.certificate = certificate;
    this.outcome = new DtlsOutcome(expected);
  }

  /** Asked on the thread of the handshake. */
  DtlsOutcome outcome() {
    return outcome;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return CIPHER_SUITES.clone();
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false; // a self-signature proves nothing; the hash in the SDP does
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return DtlsOutcome.FIRST_RESEND_MILLIS;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return TIMEOUT_MILLIS;
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    int[] profiles = Stream.of(SrtpProfile.values()).mapToInt(SrtpProfile::id).toArray();
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
    return extensions;
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
    int[] profiles = chosen == null ? new int[0] : chosen.getProtectionProfiles();
    outcome.agreed(
        profiles.length == 1 ? SrtpProfile.forId(profiles[0]).orElse(null) : null,
        AlertDescription.illegal_parameter);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        outcome.check(server.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return certificate.signer(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    outcome.complete(context, SrtpKeys.DtlsRole.CLIENT);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    super.notifyAlertReceived(level, description);
    outcome.alert(level, description);
  }
}
