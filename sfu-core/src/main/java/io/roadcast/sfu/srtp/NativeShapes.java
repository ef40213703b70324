package io.roadcast.sfu.srtp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.util.Arrays;

/** The forms of native functions whose arguments are addresses and lengths, as plain numbers. */
final class NativeShapes {
  private NativeShapes() {}

  /** Gives nothing back. */
  static FunctionDescriptor addresses(int count) {
    MemoryLayout[] longs = new MemoryLayout[count];
    Arrays.fill(longs, JAVA_LONG);
    return FunctionDescriptor.ofVoid(longs);
  }

  static FunctionDescriptor result(MemoryLayout result, int addresses) {
    return addresses(addresses).changeReturnLayout(result);
  }
}
