package io.roadcast.sfu.srtp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;

/**
 * IPsec-MB, where the system has it and the processor AVX-512 and VAES: its AES-GCM costs a packet
 * half of what AWS-LC's does. The other profile, and memory that is overwritten when it is given
 * back, are AWS-LC's.
 */
final class IpsecMbLibrary implements NativeSrtpEngine.Library {
  private static final String FILE = "libIPSec_MB.so.1";
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Set<String> NEEDED =
      Set.of("avx512f", "avx512dq", "avx512cd", "avx512bw", "avx512vl", "vaes", "vpclmulqdq");

  /** More than any release needs for an expanded key (1008 bytes in 1.3). */
  private static final int MOST_EXPANDED_BYTES = 16 * 1024;

  private final IpsecMb functions;
  private final AwsLcLibrary others;
  private final int expandedBytes;
  private final String name;

  private IpsecMbLibrary(IpsecMb functions, AwsLcLibrary others) {
    this.functions = functions;
    this.others = others;
    this.expandedBytes = expandedBytes(functions);
    this.name = "ipsec-mb-" + functions.version() + "+" + others.name();
  }

  /**
   * Loads it, and AWS-LC for what it does not do.
   *
   * @throws IOException if the system does not have it, or the processor is not made for it
   */
  static IpsecMbLibrary load() throws IOException {
    if (!servesThisProcessor()) {
      throw new IOException("IPsec-MB is used on processors with AVX-512 and VAES");
    }
    IpsecMb functions;
    try {
      functions = new IpsecMb(SymbolLookup.libraryLookup(FILE, Arena.global()));
    } catch (IllegalArgumentException | IllegalCallerException | NoSuchElementException e) {
      throw new IOException("IPsec-MB can not be loaded: " + e.getMessage(), e);
    }
    return new IpsecMbLibrary(functions, AwsLcLibrary.load());
  }

  /**
   * Whether its functions may be called. The kernel is asked, because the processor does not know
   * whether the kernel keeps the wide registers.
   */
  private static boolean servesThisProcessor() throws IOException {
    if (!Files.isReadable(PROCESSORS)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .filter(line -> Arrays.asList(line.split("\\s+")).containsAll(NEEDED))
          .isPresent();
    }
  }

  /** How far the library writes, which its releases differ in: found out with two fillings. */
  private static int expandedBytes(IpsecMb functions) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(16);
      int end = 0;
      for (byte filling : new byte[] {0x55, (byte) 0xaa}) {
        MemorySegment expanded = arena.allocate(MOST_EXPANDED_BYTES, 64).fill(filling);
        functions.expand(key.address(), expanded.address());
        for (int i = end; i < MOST_EXPANDED_BYTES; i++) {
          if (expanded.get(ValueLayout.JAVA_BYTE, i) != filling) {
            end = i + 1;
          }
        }
      }
      return end;
    }
  }

  IpsecMb functions() {
    return functions;
  }

  /** Whose memory is overwritten when it is given back. */
  AwsLc memory() {
    return others.functions();
  }

  int expandedBytes() {
    return expandedBytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NativeContext context(SrtpProfile profile, SessionKeys keys, Runnable closed) {
    return switch (profile) {
      case AEAD_AES_128_GCM -> new IpsecMbGcmContext(this, keys, closed);
      case AES128_CM_HMAC_SHA1_80 -> others.context(profile, keys, closed);
    };
  }
}
