package io.roadcast.sfu.srtp;

/** AEAD_AES_128_GCM (RFC 7714 8) by IPsec-MB: one call encrypts, authenticates and moves. */
final class IpsecMbGcmContext extends GcmContext {
  /** What the library notes during a call: 88 bytes in its release 1.3. */
  private static final int STATE_BYTES = 256;

  private static final int NONCE = STATE_BYTES;
  private static final int EXPANDED = STATE_BYTES + 64;

  private final IpsecMbLibrary library;
  private final IpsecMb functions;
  private final Runnable closed;
  private final int tagBytes = SrtpProfile.AEAD_AES_128_GCM.tagBytes();

  /** As it was given out; 0 when closed. */
  private long memory;

  /** The first multiple of 64 in it. */
  private final long base;

  IpsecMbGcmContext(IpsecMbLibrary library, SessionKeys keys, Runnable closed) {
    super(keys);
    this.library = library;
    this.functions = library.functions();
    this.closed = closed;
    memory = library.memory().allocate(EXPANDED + library.expandedBytes() + 63L);
    base = memory + 63 & -64L;
    NativeMemory.copy(keys.encryption(), base, keys.encryption().length);
    functions.expand(base, base + EXPANDED);
    NativeMemory.fill(base, keys.encryption().length, (byte) 0);
  }

  @Override
  void seal(long source, int payloadLength, long packet, int headerLength, int ssrc, long index) {
    if (memory == 0) {
      throw new IllegalStateException("context is closed");
    }
    writeNonce(base + NONCE, ssrc, index);
    long payload = packet + headerLength;
    functions.encrypt(
        base + EXPANDED,
        base,
        payload,
        source,
        payloadLength,
        base + NONCE,
        packet,
        headerLength,
        payload + payloadLength,
        tagBytes);
  }

  @Override
  public void close() {
    if (memory != 0) {
      library.memory().free(memory);
      memory = 0;
      closed.run();
    }
  }
}
