package io.roadcast.recorder.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one segment, and the header of its file that holds it, wrapped by a master key.
 *
 * <pre>
 *   0  "RCSEAL01"
 *   8  id of the master key
 *  16  id of the segment
 *  32  nonce of the wrapping, 12 bytes
 *  44  AES-256-GCM of the segment's key, 48 bytes; what stands before it is authenticated with it
 *  92  zeros
 * </pre>
 *
 * <p>Chunks are sealed by AES-256-GCM too; their numbers are the nonces, which never repeat since
 * the key is the segment's own and nothing is written twice. One thread at a time.
 */
final class SegmentKey {
  static final int HEADER_BYTES = 96;
  static final int TAG_BYTES = 16;

  private static final byte[] MAGIC = {'R', 'C', 'S', 'E', 'A', 'L', '0', '1'};
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int AUTHENTICATED_BYTES = 32;
  private static final int WRAPPED_AT = AUTHENTICATED_BYTES + NONCE_BYTES;

  private final SecretKey secret;
  private final Cipher cipher;

  private SegmentKey(SecretKey secret) {
    this.secret = secret;
    this.cipher = cipher();
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES-GCM", impossible);
    }
  }

  /** A fresh key, and the header that its file begins with. */
  static Fresh create(MasterKeys masters, UUID segment) {
    SecureRandom random = new SecureRandom();
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    MasterKeys.Key master = masters.first();
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.put(MAGIC).putLong(master.id());
    header.putLong(segment.getMostSignificantBits()).putLong(segment.getLeastSignificantBits());
    header.put(nonce);
    try {
      Cipher wrap = cipher();
      wrap.init(Cipher.ENCRYPT_MODE, master.secret(), parameters(nonce));
      wrap.updateAAD(header.array(), 0, AUTHENTICATED_BYTES);
      header.put(wrap.doFinal(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM refuses its own parameters", impossible);
    }
    return new Fresh(new SegmentKey(new SecretKeySpec(bytes, "AES")), header.array());
  }

  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Fresh(SegmentKey key, byte[] header) {}

  /**
   * @param header the first bytes of a segment's file
   * @throws IOException if it is none, its master key is not here, or it was changed
   */
  static SegmentKey open(MasterKeys masters, byte[] header, UUID segment) throws IOException {
    ByteBuffer fields = ByteBuffer.wrap(header);
    if (header.length < HEADER_BYTES
        || !Arrays.equals(Arrays.copyOf(header, MAGIC.length), MAGIC)
        || !segment.equals(new UUID(fields.getLong(16), fields.getLong(24)))) {
      throw new IOException("this is not the sealed file of " + segment);
    }
    MasterKeys.Key master =
        masters
            .find(fields.getLong(8))
            .orElseThrow(() -> new IOException("the master key of " + segment + " is not here"));
    byte[] nonce = Arrays.copyOfRange(header, AUTHENTICATED_BYTES, WRAPPED_AT);
    try {
      Cipher unwrap = cipher();
      unwrap.init(Cipher.DECRYPT_MODE, master.secret(), parameters(nonce));
      unwrap.updateAAD(header, 0, AUTHENTICATED_BYTES);
      byte[] bytes = unwrap.doFinal(header, WRAPPED_AT, KEY_BYTES + TAG_BYTES);
      return new SegmentKey(new SecretKeySpec(bytes, "AES"));
    } catch (AEADBadTagException changed) {
      throw new IOException("the header of " + segment + " was changed", changed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM refuses its own parameters", impossible);
    }
  }

  private static GCMParameterSpec parameters(byte[] nonce) {
    return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
  }

  private static GCMParameterSpec parameters(long chunk) {
    return parameters(ByteBuffer.allocate(NONCE_BYTES).putLong(4, chunk).array());
  }

  /** Seals a chunk into another array. */
  void seal(long chunk, byte[] plain, int at, int length, byte[] sealed, int sealedAt) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, secret, parameters(chunk));
      cipher.doFinal(plain, at, length, sealed, sealedAt);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM refuses its own parameters", impossible);
    }
  }

  /**
   * Opens a chunk into another array.
   *
   * @param length with the tag
   * @throws IOException if it was changed
   */
  void open(long chunk, byte[] sealed, int at, int length, byte[] plain, int plainAt)
      throws IOException {
    try {
      cipher.init(Cipher.DECRYPT_MODE, secret, parameters(chunk));
      cipher.doFinal(sealed, at, length, plain, plainAt);
    } catch (AEADBadTagException changed) {
      throw new IOException("a recording was changed", changed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM refuses its own parameters", impossible);
    }
  }
}
