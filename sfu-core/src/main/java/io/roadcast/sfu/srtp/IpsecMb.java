package io.roadcast.sfu.srtp;

import static io.roadcast.sfu.srtp.NativeCalls.addresses;
import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of Intel's Multi-Buffer Crypto library that AES-128-GCM needs, in the form for
 * processors with AVX-512 and VAES, with addresses as plain numbers. They look at nothing but their
 * arguments: no set-up, no errors, no memory of their own.
 */
final class IpsecMb {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle TEXT = LINKER.downcallHandle(FunctionDescriptor.of(ADDRESS));
  private static final MethodHandle EXPAND = LINKER.downcallHandle(addresses(2));
  private static final MethodHandle ENCRYPT =
      LINKER.downcallHandle(addresses(10), Linker.Option.critical(false));

  private final MemorySegment version;
  private final MemorySegment expand;
  private final MemorySegment encrypt;

  /**
   * @param library where the functions are
   * @throws java.util.NoSuchElementException if it lacks one
   */
  IpsecMb(SymbolLookup library) {
    version = library.findOrThrow("imb_get_version_str");
    expand = library.findOrThrow("aes_gcm_pre_128_vaes_avx512");
    encrypt = library.findOrThrow("aes_gcm_enc_128_vaes_avx512");
  }

  /** Such as "1.3.0". */
  String version() {
    try {
      MemorySegment text = (MemorySegment) TEXT.invokeExact(version);
      return text.reinterpret(64).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Derives what {@link #encrypt} needs from a key of 16 bytes.
   *
   * @param expanded address of a multiple of 64
   */
  void expand(long key, long expanded) {
    try {
      EXPAND.invokeExact(expand, key, expanded);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Encrypts and authenticates in one go.
   *
   * @param state address of memory for the time of the call
   * @param nonce address of 12 bytes
   */
  void encrypt(
      long expanded,
      long state,
      long out,
      long in,
      long bytes,
      long nonce,
      long header,
      long headerBytes,
      long tag,
      long tagBytes) {
    try {
      ENCRYPT.invokeExact(
          encrypt, expanded, state, out, in, bytes, nonce, header, headerBytes, tag, tagBytes);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static RuntimeException failed(Throwable cause) {
    return NativeCalls.failed("IPsec-MB", cause);
  }
}
