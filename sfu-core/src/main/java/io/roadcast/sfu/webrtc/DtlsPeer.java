package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * What our side of one handshake insists on: DTLS 1.2, ECDHE with ECDSA, the extended master secret
 * (RFC 7627), use_srtp (RFC 5764) and a client certificate with the announced hash (RFC 8122). Used
 * by one thread.
 */
final class DtlsPeer extends DefaultTlsServer {
  private static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
  };
  private static final int[] GROUPS = {
    NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1
  };

  private final DtlsCertificate certificate;
  private final int timeoutMillis;
  private final DtlsOutcome outcome;

  DtlsPeer(DtlsCertificate certificate, Fingerprint expected, int timeoutMillis) {
    super(certificate.crypto());
    this.certificate = certificate;
    this.outcome = new DtlsOutcome(expected);
    this.timeoutMillis = timeoutMillis;
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
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  @Override
  public int[] getSupportedGroups() {
    return GROUPS.clone();
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
    return timeoutMillis;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return certificate.signer(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
        null);
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
    outcome.agreed(
        offered == null ? null : best(offered.getProtectionProfiles()),
        AlertDescription.handshake_failure);
  }

  private static @Nullable SrtpProfile best(int[] offered) {
    for (SrtpProfile candidate : SrtpProfile.values()) {
      for (int id : offered) {
        if (id == candidate.id()) {
          return candidate;
        }
      }
    }
    return null;
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    SrtpProfile profile = outcome.profile();
    if (profile != null) {
      TlsSRTPUtils.addUseSRTPExtension(
          extensions, new UseSRTPData(new int[] {profile.id()}, TlsUtils.EMPTY_BYTES));
    }
    return extensions;
  }

  @Override
  public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
    outcome.check(clientCertificate);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    outcome.complete(context, SrtpKeys.DtlsRole.SERVER);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    super.notifyAlertReceived(level, description);
    outcome.alert(level, description);
  }
}
