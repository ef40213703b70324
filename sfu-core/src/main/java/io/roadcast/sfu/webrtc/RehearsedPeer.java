package io.roadcast.sfu.webrtc;

import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The other end of a {@link DtlsRehearsal}: it asks for what a browser asks for. */
final class RehearsedPeer extends DefaultTlsClient implements DatagramTransport {
  private static final int TIMEOUT_MILLIS = 5000;

  private final DtlsCertificate certificate;
  private final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();

  private @Nullable DtlsEndpoint server;

  RehearsedPeer(DtlsCertificate certificate) {
    super(certificate.crypto());
    this.certificate = certificate;
  }

  /** Shakes hands with an endpoint that sends to {@link #deliver}; blocks until that is over. */
  void connect(DtlsEndpoint endpoint) throws IOException {
    server = endpoint;
    new DTLSClientProtocol().connect(this, this).close();
  }

  /** A datagram of the server. Any thread. */
  void deliver(byte[] datagram) {
    incoming.add(datagram);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
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
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) {
        // both ends are ours
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return certificate.signer(context);
      }
    };
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return TIMEOUT_MILLIS;
  }

  @Override
  public int getReceiveLimit() {
    return DatagramQueue.RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return DatagramQueue.SEND_LIMIT;
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
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the rehearsal was broken off");
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (server != null) {
      server.receive(Arrays.copyOfRange(buffer, offset, offset + length));
    }
  }

  @Override
  public void close() {
    incoming.clear();
  }
}
