package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** This process and its transcoding children, as the system sees them. */
final class Children {
  private Children() {}

  static List<ProcessHandle> running() {
    return ProcessHandle.current()
        .children()
        .filter(
            child ->
                child.info().arguments().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(argument -> argument.equals(TranscoderChild.class.getName())))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** As {@code kill -9}. */
  static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  /** It lives on and does nothing. */
  static void stop(long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor()).isZero();
  }

  /** Open files, pipes and sockets of this process. */
  static int descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return (int) open.count();
    }
  }

  /** Memory of a process that is not swapped or given back, in KB. */
  static long residentKilobytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Likewise of this process, with what nobody holds any more collected. */
  static long residentKilobytes() throws IOException {
    System.gc();
    return residentKilobytes(ProcessHandle.current().pid());
  }
}
