package io.roadcast.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.roadcast.signaling.http.PageSettings;
import io.roadcast.signaling.whep.TurnConfig;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpsTest {
  @TempDir Path directory;

  @Test
  void whoTrustsTheCertificateReachesTheServerByNameAndAddress() throws Exception {
    try (TestServer server = new TestServer(directory, TestServer.Options.tokens())) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(certificate())).build();
      for (String host : List.of("localhost", "127.0.0.1")) {
        URI uri = URI.create("https://" + host + ":" + server.server.httpsPort() + "/healthz");
        HttpResponse<String> response =
            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void theCertificateIsMadeOnce() throws Exception {
    new TestServer(directory, TestServer.Options.tokens()).close();
    X509Certificate made = certificate();
    assertThat(Duration.between(made.getNotBefore().toInstant(), made.getNotAfter().toInstant()))
        .isGreaterThan(Duration.ofDays(800));
    new TestServer(directory, TestServer.Options.tokens()).close();
    assertThat(certificate()).isEqualTo(made);
  }

  @Test
  void takesTheOperatorsCertificate() throws Exception {
    SelfSignedCertificate own = SelfSignedCertificate.make();
    Path certificate = Files.write(directory.resolve("own.pem"), own.certificatePem());
    Path key = Files.write(directory.resolve("own-key.pem"), own.keyPem());
    KeyStore store = HttpsKeys.open(config(8443, certificate, key));
    assertThat(store.getCertificate("https")).isNotNull();
    assertThat(directory.resolve(HttpsKeys.KEY_FILE)).doesNotExist();
  }

  @Test
  void saysWhatIsWrongWithACertificate() throws Exception {
    Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
    Path certificate =
        Files.write(directory.resolve("own.pem"), SelfSignedCertificate.make().certificatePem());
    assertThatIOException()
        .isThrownBy(() -> HttpsKeys.open(config(8443, certificate, nonsense)))
        .withMessageContaining("nonsense.pem holds no unencrypted PKCS #8 key");
    assertThatIOException().isThrownBy(() -> HttpsKeys.open(config(8443, nonsense, certificate)));
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        TestStreams streams = new TestStreams(Duration.ZERO)) {
      SignalingConfig config = config(SignalingConfig.OFF, null, null, taken.getLocalPort());
      SignalingServer server = TestServer.make(config, streams.router());
      assertThatIOException()
          .isThrownBy(server::start)
          .withMessageContaining(Integer.toString(taken.getLocalPort()));
      server.close();
    }
  }

  private SignalingConfig config(int httpsPort, @Nullable Path certificate, @Nullable Path key) {
    return config(httpsPort, certificate, key, 0);
  }

  private SignalingConfig config(
      int httpsPort, @Nullable Path certificate, @Nullable Path key, int httpPort) {
    return new SignalingConfig(
        "0.0.0.0",
        httpPort,
        httpsPort,
        false,
        directory,
        certificate,
        key,
        List.of(),
        TurnConfig.NONE,
        List.of(),
        SignalingLimits.defaults(),
        PageSettings.defaults());
  }

  private X509Certificate certificate() throws Exception {
    try (InputStream in = Files.newInputStream(directory.resolve(HttpsKeys.CERTIFICATE_FILE))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("roadcast", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
