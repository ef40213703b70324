package io.roadcast.signaling;

import io.roadcast.signaling.auth.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificate and key for HTTPS: the operator's PEM files, or self-signed ones made once. */
final class HttpsKeys {
  static final String CERTIFICATE_FILE = "https-certificate.pem";
  static final String KEY_FILE = "https-key.pem";

  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private HttpsKeys() {}

  /** The configured files, else the data directory's, which are made when absent or expiring. */
  static KeyStore open(SignalingConfig config) throws IOException {
    Path certificate = config.certificate();
    Path key = config.privateKey();
    try {
      if (certificate != null && key != null) {
        return keyStore(certificate, key);
      }
      Path ownCertificate = config.dataDirectory().resolve(CERTIFICATE_FILE);
      Path ownKey = config.dataDirectory().resolve(KEY_FILE);
      if (!isUsable(ownCertificate) || !Files.exists(ownKey)) {
        SelfSignedCertificate made = SelfSignedCertificate.make();
        Files.deleteIfExists(ownCertificate);
        SecretFile.write(ownKey, made.keyPem());
        SecretFile.write(ownCertificate, made.certificatePem());
      }
      return keyStore(ownCertificate, ownKey);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate for HTTPS can not be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore keyStore(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    List<Certificate> chain = new ArrayList<>();
    try (InputStream in = Files.newInputStream(certificate)) {
      chain.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
    if (chain.isEmpty()) {
      throw new IOException(certificate + " holds no certificate");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("https", readKey(key), new char[0], chain.toArray(Certificate[]::new));
    return store;
  }

  private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new IOException(
          file
              + " holds no unencrypted PKCS #8 key in PEM form"
              + " (openssl pkcs8 -topk8 -nocrypt makes one of others)");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException other) {
        // The next algorithm, if there is one.
      }
    }
    throw new IOException(file + " holds a key that is none of " + ALGORITHMS);
  }

  private static boolean isUsable(Path certificate) throws IOException {
    if (!Files.exists(certificate)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(certificate)) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return factory.generateCertificate(in) instanceof X509Certificate found
          && found.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE));
    } catch (GeneralSecurityException unreadable) {
      return false;
    }
  }
}
