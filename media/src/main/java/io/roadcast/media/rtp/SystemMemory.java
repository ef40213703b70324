package io.roadcast.media.rtp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory of the C library, taken and given back piece by piece: an arena could only give all of it
 * back at once, and one arena for each piece costs more than the piece.
 */
final class SystemMemory {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle MALLOC =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("malloc"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FREE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(JAVA_LONG));

  private SystemMemory() {}

  /** Its content is undefined. */
  static MemorySegment allocate(long bytes) {
    long address;
    try {
      address = (long) MALLOC.invokeExact(bytes);
    } catch (Throwable e) {
      throw new IllegalStateException("malloc", e);
    }
    if (address == 0) {
      throw new OutOfMemoryError("the system has no " + bytes + " bytes left");
    }
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** Nobody may touch it any more. */
  static void free(MemorySegment memory) {
    try {
      FREE.invokeExact(memory.address());
    } catch (Throwable e) {
      throw new IllegalStateException("free", e);
    }
  }
}
