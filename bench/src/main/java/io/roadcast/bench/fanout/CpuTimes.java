package io.roadcast.bench.fanout;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has used of the processors since it began, all of its threads together.
 *
 * @param totalNanos exact
 * @param userTicks in hundredths of a second, as the kernel samples them
 * @param systemTicks likewise
 */
record CpuTimes(long totalNanos, long userTicks, long systemTicks) {
  private static final int USER_FIELD = 11;
  private static final int SYSTEM_FIELD = 12;

  static CpuTimes now() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return new CpuTimes(
          system.getProcessCpuTime(),
          Long.parseLong(fields[USER_FIELD]),
          Long.parseLong(fields[SYSTEM_FIELD]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CpuTimes since(CpuTimes before) {
    return new CpuTimes(
        totalNanos - before.totalNanos,
        userTicks - before.userTicks,
        systemTicks - before.systemTicks);
  }
}
