package io.roadcast.bench.viewer;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** What the viewer's side of the handshake asks for and learns. Used by one thread. */
final class DtlsHandshake extends DefaultTlsClient {
  private final DtlsIdentity identity;
  private final String expectedFingerprint;
  private final List<SrtpSuite> suites;
  private @Nullable SrtpSuite chosen;
  private @Nullable MediaKeys keys;
  private volatile boolean closedByServer;

  DtlsHandshake(DtlsIdentity identity, String expectedFingerprint, List<SrtpSuite> suites) {
    super(identity.crypto());
    this.identity = identity;
    this.expectedFingerprint = expectedFingerprint;
    this.suites = suites;
  }

  /** The keys, once the handshake is complete. */
  @Nullable MediaKeys keys() {
    return keys;
  }

  boolean closedByServer() {
    return closedByServer;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
    };
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return 50;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return 15_000;
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    int[] profiles = suites.stream().mapToInt(SrtpSuite::id).toArray();
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
    return extensions;
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    UseSRTPData answer = TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (answer != null && answer.getProtectionProfiles().length == 1) {
      int id = answer.getProtectionProfiles()[0];
      chosen = suites.stream().filter(suite -> suite.id() == id).findFirst().orElse(null);
    }
    if (chosen == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile of ours");
    }
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        byte[] encoded = server.getCertificate().getCertificateAt(0).getEncoded();
        if (!DtlsIdentity.fingerprint(encoded).equals(expectedFingerprint)) {
          throw new TlsFatalAlert(AlertDescription.bad_certificate, "not the answer's fingerprint");
        }
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return identity.signer(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    SrtpSuite suite = chosen;
    if (suite == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile");
    }
    byte[] exported =
        context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, MediaKeys.exportBytes(suite));
    keys = MediaKeys.of(suite, exported);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    closedByServer |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
  }
}
