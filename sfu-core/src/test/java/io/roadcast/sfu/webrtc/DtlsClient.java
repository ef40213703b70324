package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The browser's side of a handshake, with the faults that a test asks for. */
final class DtlsClient extends DefaultTlsClient implements DatagramTransport {
  private final DtlsCertificate certificate;
  private final LinkedBlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
  private Consumer<byte[]> output = datagram -> {};
  private int[] srtpProfiles = {
    SrtpProfile.AES128_CM_HMAC_SHA1_80.id(), SrtpProfile.AEAD_AES_128_GCM.id()
  };
  private boolean extendedMasterSecret = true;
  private boolean showsCertificate = true;
  private int sendLimit = 1200;
  private int selectedProfile = -1;
  private @Nullable SrtpKeys keys;
  private @Nullable Fingerprint seen;
  private volatile boolean closedByServer;

  DtlsClient(DtlsCertificate certificate) {
    super(certificate.crypto());
    this.certificate = certificate;
  }

  DtlsClient srtpProfiles(int... ids) {
    srtpProfiles = ids;
    return this;
  }

  DtlsClient withoutExtendedMasterSecret() {
    extendedMasterSecret = false;
    return this;
  }

  DtlsClient withoutCertificate() {
    showsCertificate = false;
    return this;
  }

  DtlsClient sendLimit(int bytes) {
    sendLimit = bytes;
    return this;
  }

  void output(Consumer<byte[]> target) {
    output = target;
  }

  /** A datagram from the server. */
  void deliver(byte[] datagram) {
    incoming.add(datagram);
  }

  DTLSTransport connect() throws IOException {
    return new DTLSClientProtocol().connect(this, this);
  }

  @Nullable SrtpKeys keys() {
    return keys;
  }

  @Nullable Fingerprint seen() {
    return seen;
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
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    };
  }

  @Override
  public boolean shouldUseExtendedMasterSecret() {
    return extendedMasterSecret;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return 50;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return 20_000;
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    if (srtpProfiles.length > 0) {
      TlsSRTPUtils.addUseSRTPExtension(
          extensions, new UseSRTPData(srtpProfiles, TlsUtils.EMPTY_BYTES));
    }
    return extensions;
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        seen = Fingerprint.of("sha-256", server.getCertificate().getCertificateAt(0).getEncoded());
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
        return showsCertificate ? certificate.signer(context) : null;
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    if (selectedProfile >= 0) {
      SrtpProfile profile = SrtpProfile.forId(selectedProfile).orElseThrow();
      byte[] exported =
          context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.exportBytes());
      keys = SrtpKeys.fromExport(profile, exported, SrtpKeys.DtlsRole.CLIENT);
    }
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's own signature
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    UseSRTPData answer = TlsSRTPUtils.getUseSRTPExtension(extensions);
    selectedProfile = answer == null ? -1 : answer.getProtectionProfiles()[0];
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    closedByServer = true;
  }

  @Override
  public int getReceiveLimit() {
    return 2048;
  }

  @Override
  public int getSendLimit() {
    return sendLimit;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    try {
      byte[] datagram = incoming.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == null) {
        return -1;
      }
      System.arraycopy(datagram, 0, buffer, offset, datagram.length);
      return datagram.length;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    output.accept(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void close() {}
}
