package io.roadcast.sfu.webrtc;

import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The protocol engine's ciphers, frugal with memory. An association encrypts three or four short
 * records in its life and stays as long as its viewer: the usual tables for GCM, 9 KB for each
 * direction, would only lie there.
 */
final class DtlsCrypto extends BcTlsCrypto {
  DtlsCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  protected AEADBlockCipher createGCMMode(BlockCipher cipher) {
    return GCMBlockCipher.newInstance(cipher, new BasicGCMMultiplier());
  }
}
