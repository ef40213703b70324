package io.roadcast.sfu.srtp;

import java.util.Arrays;

/**
 * AES128_CM_HMAC_SHA1_80 (RFC 3711 4.1.1, 4.2.1) by AWS-LC. HMAC (RFC 2104) is put together from
 * SHA-1: the states behind the padded keys are kept, and the outer hash is one block whose padding
 * stands ready.
 */
final class AwsLcCounterModeContext extends NativeContext {
  private static final int KEY_BITS = 128;
  private static final int BLOCK_BYTES = 64;
  private static final int DIGEST_BYTES = 20;
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5c;

  /** Five words of state, length, a block and how much of it is filled. */
  private static final int SHA_STATE_BYTES = 96;

  // Places in the context's memory, what belongs to the packet first.
  private static final int COUNTER = 0;
  private static final int USED = 16;
  private static final int KEY_STREAM = 32;
  private static final int STATE = 64;
  private static final int OUTER_BLOCK = STATE + SHA_STATE_BYTES;
  private static final int INNER_STATE = OUTER_BLOCK + BLOCK_BYTES;
  private static final int OUTER_STATE = INNER_STATE + SHA_STATE_BYTES;
  private static final int SCHEDULE = OUTER_STATE + SHA_STATE_BYTES;
  private static final int SCHEDULE_BYTES = 256;
  private static final int BYTES = SCHEDULE + SCHEDULE_BYTES;

  private final AwsLc library;
  private final Runnable closed;
  private final long saltHigh;
  private final long saltLow;

  /** 0 when closed. */
  private long memory;

  AwsLcCounterModeContext(AwsLc library, SessionKeys keys, Runnable closed) {
    super(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    this.library = library;
    this.closed = closed;
    byte[] salt = Arrays.copyOf(keys.salt(), 16);
    saltHigh = BigEndian.getLong(salt, 0);
    saltLow = BigEndian.getLong(salt, 8);
    memory = library.allocate(BYTES);
    NativeMemory.fill(memory, BYTES, (byte) 0);
    NativeMemory.copy(keys.encryption(), memory + COUNTER, keys.encryption().length);
    library.setKey(memory + COUNTER, KEY_BITS, memory + SCHEDULE);
    startHash(keys.authentication(), INNER_PAD, memory + INNER_STATE);
    startHash(keys.authentication(), OUTER_PAD, memory + OUTER_STATE);
    padOuterBlock();
  }

  /** The state behind a whole block of the key, padded. */
  private void startHash(byte[] key, byte pad, long state) {
    byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
    for (int i = 0; i < BLOCK_BYTES; i++) {
      block[i] ^= pad;
    }
    NativeMemory.copy(block, memory + OUTER_BLOCK, BLOCK_BYTES);
    library.sha1Init(state);
    library.sha1Update(state, memory + OUTER_BLOCK, BLOCK_BYTES);
  }

  /** One bit, zeros, and the length in bits of key block and digest (FIPS 180-4 5.1.1). */
  private void padOuterBlock() {
    long block = memory + OUTER_BLOCK;
    NativeMemory.fill(block, BLOCK_BYTES, (byte) 0);
    NativeMemory.putInt(block + DIGEST_BYTES, 0x8000_0000);
    NativeMemory.putInt(block + BLOCK_BYTES - 4, 8 * (BLOCK_BYTES + DIGEST_BYTES));
  }

  @Override
  void seal(long source, int payloadLength, long packet, int headerLength, int ssrc, long index) {
    long at = memory;
    if (at == 0) {
      throw new IllegalStateException("context is closed");
    }
    long payload = packet + headerLength;
    NativeMemory.putLong(at + COUNTER, saltHigh ^ ssrc & 0xffff_ffffL);
    NativeMemory.putLong(at + COUNTER + 8, saltLow ^ index << 16);
    NativeMemory.putHostInt(at + USED, 0);
    library.counterMode(
        source, payload, payloadLength, at + SCHEDULE, at + COUNTER, at + KEY_STREAM, at + USED);
    long tag = payload + payloadLength;
    // The roll-over counter is authenticated behind the packet, where the tag will stand.
    NativeMemory.putInt(tag, (int) (index >>> 16));
    authenticate(packet, headerLength + payloadLength + 4, tag);
  }

  private void authenticate(long bytes, int length, long tag) {
    long state = memory + STATE;
    NativeMemory.copy(memory + INNER_STATE, state, SHA_STATE_BYTES);
    library.sha1Update(state, bytes, length);
    library.sha1Final(memory + OUTER_BLOCK, state);
    NativeMemory.copy(memory + OUTER_STATE, state, SHA_STATE_BYTES);
    library.sha1Transform(state, memory + OUTER_BLOCK);
    NativeMemory.putInt(tag, NativeMemory.getHostInt(state));
    NativeMemory.putInt(tag + 4, NativeMemory.getHostInt(state + 4));
    NativeMemory.putShort(tag + 8, (short) (NativeMemory.getHostInt(state + 8) >>> 16));
  }

  @Override
  public void close() {
    if (memory != 0) {
      library.free(memory);
      memory = 0;
      closed.run();
    }
  }
}
