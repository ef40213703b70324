package io.roadcast.sfu.transcode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a child is started: this JVM's own Java and class path, and little memory. */
public final class ChildCommand {
  private static final List<String> OPTIONS =
      List.of(
          "-Xms8m",
          "-Xmx96m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // Nothing is left on the disk, whatever becomes of it.
          "-XX:-UsePerfData",
          "-XX:+ErrorFileToStderr",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // Native memory is FFmpeg's and freed by hand; the binding need not bound it.
          "-Dorg.bytedeco.javacpp.maxBytes=0",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private ChildCommand() {}

  public static List<String> of(Class<?> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    String cache = System.getProperty(CACHE);
    if (cache != null) {
      command.add("-D" + CACHE + "=" + cache);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    return command;
  }
}
