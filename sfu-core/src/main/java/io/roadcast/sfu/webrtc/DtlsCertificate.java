package io.roadcast.sfu.webrtc;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A self-signed ECDSA certificate on P-256 with its private key. Nobody verifies its name or dates:
 * the peer knows its hash from SDP (RFC 8122). One is made at start and serves all viewers; any
 * thread.
 */
public final class DtlsCertificate {
  private static final Duration VALIDITY = Duration.ofDays(5 * 365);

  private final BcTlsCrypto crypto;
  private final AsymmetricKeyParameter privateKey;
  private final byte[] encoded;
  private final Certificate chain;
  private final Fingerprint fingerprint;

  private DtlsCertificate(BcTlsCrypto crypto, AsymmetricKeyParameter privateKey, byte[] encoded)
      throws IOException {
    this.crypto = crypto;
    this.privateKey = privateKey;
    this.encoded = encoded;
    this.chain = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, encoded)});
    this.fingerprint = Fingerprint.of("sha-256", encoded);
  }

  /** Makes a new key and a certificate for it. */
  public static DtlsCertificate generate() {
    SecureRandom random = new SecureRandom();
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(
            ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), random));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    AlgorithmIdentifier signature =
        new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
    AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
    X500Name name = new X500Name("CN=Roadcast");
    Instant now = Instant.now();
    try {
      byte[] encoded =
          new X509v3CertificateBuilder(
                  name,
                  new BigInteger(63, random).add(BigInteger.ONE),
                  Date.from(now.minus(Duration.ofDays(1))),
                  Date.from(now.plus(VALIDITY)),
                  name,
                  SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()))
              .build(new BcECContentSignerBuilder(signature, digest).build(pair.getPrivate()))
              .getEncoded();
      return new DtlsCertificate(new DtlsCrypto(random), pair.getPrivate(), encoded);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("certificate could not be made", e);
    }
  }

  /** What the SDP answer tells of it. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** The certificate in DER. */
  byte[] encoded() {
    return encoded.clone();
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
