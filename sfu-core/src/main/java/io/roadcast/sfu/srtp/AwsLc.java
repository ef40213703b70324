package io.roadcast.sfu.srtp;

import static io.roadcast.sfu.srtp.NativeCalls.addresses;
import static io.roadcast.sfu.srtp.NativeCalls.result;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of AWS-LC's libcrypto that protection needs, with addresses as plain numbers. Those
 * on the way of a packet take less than a microsecond and call nothing back, so they are called
 * without telling the collector.
 */
final class AwsLc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option SHORT = Linker.Option.critical(false);

  // By shape; the function's address is each handle's first argument.
  private static final MethodHandle TEXT = LINKER.downcallHandle(FunctionDescriptor.of(ADDRESS));
  private static final MethodHandle MAKE = LINKER.downcallHandle(result(JAVA_LONG, 1));
  private static final MethodHandle FREE = LINKER.downcallHandle(addresses(1));
  private static final MethodHandle AEAD = LINKER.downcallHandle(result(JAVA_LONG, 0));
  private static final MethodHandle NEW_AEAD = LINKER.downcallHandle(result(JAVA_LONG, 4));
  private static final MethodHandle SET_KEY =
      LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG));
  private static final MethodHandle SEAL = LINKER.downcallHandle(result(JAVA_INT, 10), SHORT);
  private static final MethodHandle COUNTER_MODE = LINKER.downcallHandle(addresses(7), SHORT);
  private static final MethodHandle SHA1_INIT = LINKER.downcallHandle(result(JAVA_INT, 1), SHORT);
  private static final MethodHandle SHA1_UPDATE = LINKER.downcallHandle(result(JAVA_INT, 3), SHORT);
  private static final MethodHandle SHA1_FINAL = LINKER.downcallHandle(result(JAVA_INT, 2), SHORT);
  private static final MethodHandle SHA1_TRANSFORM = LINKER.downcallHandle(addresses(2), SHORT);

  private final MemorySegment version;
  private final MemorySegment allocate;
  private final MemorySegment free;
  private final MemorySegment aesGcm;
  private final MemorySegment newAead;
  private final MemorySegment freeAead;
  private final MemorySegment seal;
  private final MemorySegment setKey;
  private final MemorySegment counterMode;
  private final MemorySegment sha1Init;
  private final MemorySegment sha1Update;
  private final MemorySegment sha1Final;
  private final MemorySegment sha1Transform;

  /**
   * @param library where the functions are
   * @throws java.util.NoSuchElementException if it is not AWS-LC or lacks a function
   */
  AwsLc(SymbolLookup library) {
    version = library.findOrThrow("awslc_version_string");
    allocate = library.findOrThrow("OPENSSL_malloc");
    free = library.findOrThrow("OPENSSL_free");
    aesGcm = library.findOrThrow("EVP_aead_aes_128_gcm");
    newAead = library.findOrThrow("EVP_AEAD_CTX_new");
    freeAead = library.findOrThrow("EVP_AEAD_CTX_free");
    seal = library.findOrThrow("EVP_AEAD_CTX_seal");
    setKey = library.findOrThrow("AES_set_encrypt_key");
    counterMode = library.findOrThrow("AES_ctr128_encrypt");
    sha1Init = library.findOrThrow("SHA1_Init");
    sha1Update = library.findOrThrow("SHA1_Update");
    sha1Final = library.findOrThrow("SHA1_Final");
    sha1Transform = library.findOrThrow("SHA1_Transform");
  }

  /** Such as "AWS-LC 1.17.0". */
  String version() {
    try {
      MemorySegment text = (MemorySegment) TEXT.invokeExact(version);
      return text.reinterpret(64).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Memory that {@link #free} overwrites with zeros when it takes it back. */
  long allocate(long bytes) {
    try {
      return made((long) MAKE.invokeExact(allocate, bytes));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void free(long memory) {
    try {
      FREE.invokeExact(free, memory);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A context of AES-128-GCM, to be given back to {@link #freeGcm}. */
  long newGcm(long key, long keyBytes, long tagBytes) {
    try {
      long algorithm = (long) AEAD.invokeExact(aesGcm);
      return made((long) NEW_AEAD.invokeExact(newAead, algorithm, key, keyBytes, tagBytes));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Overwrites the key and frees the context. */
  void freeGcm(long context) {
    try {
      FREE.invokeExact(freeAead, context);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Encrypts and authenticates in one go; the tag goes behind the ciphertext.
   *
   * @param outLength address of eight bytes for the library's answer
   */
  void seal(
      long context,
      long out,
      long outLength,
      long maxOut,
      long nonce,
      long nonceBytes,
      long in,
      long inBytes,
      long header,
      long headerBytes) {
    int done;
    try {
      done =
          (int)
              SEAL.invokeExact(
                  seal,
                  context,
                  out,
                  outLength,
                  maxOut,
                  nonce,
                  nonceBytes,
                  in,
                  inBytes,
                  header,
                  headerBytes);
    } catch (Throwable e) {
      throw failed(e);
    }
    if (done != 1) {
      throw new IllegalStateException("packet could not be encrypted");
    }
  }

  void setKey(long key, int bits, long schedule) {
    int failure;
    try {
      failure = (int) SET_KEY.invokeExact(setKey, key, bits, schedule);
    } catch (Throwable e) {
      throw failed(e);
    }
    if (failure != 0) {
      throw new IllegalStateException("key was refused");
    }
  }

  /**
   * Exclusive-ors the key stream.
   *
   * @param counter address of 16 bytes; counted up
   * @param scratch address of 16 bytes
   * @param used address of an int: how many bytes of the scratch are used up, 0 at first
   */
  void counterMode(
      long in, long out, long bytes, long schedule, long counter, long scratch, long used) {
    try {
      COUNTER_MODE.invokeExact(counterMode, in, out, bytes, schedule, counter, scratch, used);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void sha1Init(long state) {
    try {
      int ignored = (int) SHA1_INIT.invokeExact(sha1Init, state);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void sha1Update(long state, long bytes, long length) {
    try {
      int ignored = (int) SHA1_UPDATE.invokeExact(sha1Update, state, bytes, length);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Writes the 20 bytes of the digest. */
  void sha1Final(long digest, long state) {
    try {
      int ignored = (int) SHA1_FINAL.invokeExact(sha1Final, digest, state);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Takes in one block of 64 bytes, and nothing else. */
  void sha1Transform(long state, long block) {
    try {
      SHA1_TRANSFORM.invokeExact(sha1Transform, state, block);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static long made(long address) {
    if (address == 0) {
      throw new OutOfMemoryError("AWS-LC has no memory left");
    }
    return address;
  }

  private static RuntimeException failed(Throwable cause) {
    return NativeCalls.failed("AWS-LC", cause);
  }
}
