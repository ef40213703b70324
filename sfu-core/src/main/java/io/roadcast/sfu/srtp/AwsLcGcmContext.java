package io.roadcast.sfu.srtp;

/**
 * AEAD_AES_128_GCM (RFC 7714 8) by AWS-LC: one call encrypts, authenticates and moves the payload.
 */
final class AwsLcGcmContext extends GcmContext {
  private static final int OUT_LENGTH = 16;
  private static final int SCRATCH_BYTES = 24;

  private final AwsLc library;
  private final Runnable closed;
  private final int tagBytes = SrtpProfile.AEAD_AES_128_GCM.tagBytes();

  /** The library's context; 0 when closed. */
  private long cipher;

  /** The nonce and, from {@link #OUT_LENGTH} on, a length. */
  private long scratch;

  AwsLcGcmContext(AwsLc library, SessionKeys keys, Runnable closed) {
    super(keys);
    this.library = library;
    this.closed = closed;
    scratch = library.allocate(SCRATCH_BYTES);
    NativeMemory.copy(keys.encryption(), scratch, keys.encryption().length);
    cipher = library.newGcm(scratch, keys.encryption().length, tagBytes);
  }

  @Override
  void seal(long source, int payloadLength, long packet, int headerLength, int ssrc, long index) {
    if (cipher == 0) {
      throw new IllegalStateException("context is closed");
    }
    long nonce = scratch;
    writeNonce(nonce, ssrc, index);
    library.seal(
        cipher,
        packet + headerLength,
        nonce + OUT_LENGTH,
        payloadLength + tagBytes,
        nonce,
        NONCE_BYTES,
        source,
        payloadLength,
        packet,
        headerLength);
  }

  @Override
  public void close() {
    if (cipher != 0) {
      library.freeGcm(cipher);
      library.free(scratch);
      cipher = 0;
      scratch = 0;
      closed.run();
    }
  }
}
