package io.roadcast.sfu.srtp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.util.Arrays;

/** What calls of native functions have in common whose arguments are plain numbers. */
final class NativeCalls {
  private NativeCalls() {}

  /** The form of one that gives nothing back. */
  static FunctionDescriptor addresses(int count) {
    MemoryLayout[] longs = new MemoryLayout[count];
    Arrays.fill(longs, JAVA_LONG);
    return FunctionDescriptor.ofVoid(longs);
  }

  static FunctionDescriptor result(MemoryLayout result, int addresses) {
    return addresses(addresses).changeReturnLayout(result);
  }

  /**
   * What to throw when calling did not work, which is never the called function's doing.
   *
   * @param library for the message
   */
  static RuntimeException failed(String library, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("call of " + library + " failed", cause);
  }
}
