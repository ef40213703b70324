package io.roadcast.bench.viewer;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A self-signed P-256 certificate for DTLS, made by the JDK. Immutable. */
final class DtlsIdentity {
  private final BcTlsCrypto crypto;
  private final AsymmetricKeyParameter privateKey;
  private final Certificate chain;
  private final String fingerprint;

  private DtlsIdentity(BcTlsCrypto crypto, AsymmetricKeyParameter privateKey, byte[] encoded)
      throws IOException {
    this.crypto = crypto;
    this.privateKey = privateKey;
    this.chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded)});
    this.fingerprint = fingerprint(encoded);
  }

  static DtlsIdentity generate() {
    try {
      SecureRandom random = new SecureRandom();
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=viewer");
      Instant now = Instant.now();
      byte[] encoded =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(random.nextLong() >>> 1).add(BigInteger.ONE),
                  Date.from(now.minus(Duration.ofDays(1))),
                  Date.from(now.plus(Duration.ofDays(30))),
                  name,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new DtlsIdentity(
          new BcTlsCrypto(random),
          PrivateKeyFactory.createKey(pair.getPrivate().getEncoded()),
          encoded);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("no certificate could be made", e);
    }
  }

  /** As an SDP attribute's value, in lower case: {@code sha-256 ab:cd:...}. */
  static String fingerprint(byte[] certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate);
      return "sha-256 " + HexFormat.ofDelimiter(":").formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  String fingerprint() {
    return fingerprint;
  }

  BcTlsCrypto crypto() {
    return crypto;
  }

  TlsCredentialedSigner signer(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        privateKey,
        chain,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }
}
