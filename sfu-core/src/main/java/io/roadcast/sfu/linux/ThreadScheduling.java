package io.roadcast.sfu.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * How the kernel shares processors among the threads of this process: sched_setattr(2) with
 * SCHED_OTHER, a nice value and, since Linux 6.12, the slice that a thread asks for. Who asks for a
 * short one gets a processor at once when it wakes. Any thread may use it, for any thread of the
 * process.
 */
public final class ThreadScheduling {
  /** The shortest slice that the kernel takes. */
  public static final long SHORT_SLICE_NANOS = 100_000;

  /** The kernel's own choice of slice. */
  public static final long USUAL_SLICE = 0;

  /** The kernel's bound. */
  public static final int MAX_NICE = 19;

  /**
   *
   *
   * <pre>
   *  struct sched_attr   size 0 | policy 4 | flags 8 | nice 16 | priority 20 | runtime 24 | deadline 32 | period 40
   * </pre>
   */
  private static final int ATTRIBUTE_BYTES = 48;

  private static final long NICE = 16;
  private static final long RUNTIME = 24;

  private final MethodHandle call;
  private final long number;

  private ThreadScheduling(MethodHandle call, long number) {
    this.call = call;
    this.number = number;
  }

  /** Empty where there is no such call: not Linux, or an architecture that is not known. */
  public static Optional<ThreadScheduling> find() {
    Architecture architecture = Architecture.named(System.getProperty("os.arch"));
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (architecture == null || !system.equals("linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("syscall")
        .map(
            address ->
                linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1)))
        .map(call -> new ThreadScheduling(call, architecture.scheduleCall()));
  }

  /**
   * Sets both for a thread. Kernels that know no slices take the nice value alone.
   *
   * @param thread as the kernel numbers it
   * @param nice -20 to {@link #MAX_NICE}; less than it has needs a right
   * @return false if it is refused, or the thread is gone
   */
  public boolean set(int thread, int nice, long sliceNanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
      attributes.set(JAVA_INT, 0, ATTRIBUTE_BYTES);
      attributes.set(JAVA_INT, NICE, nice);
      attributes.set(JAVA_LONG, RUNTIME, sliceNanos);
      return (long) call.invokeExact(number, (long) thread, attributes.address(), 0L) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a C function throws nothing
    }
  }
}
