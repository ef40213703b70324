package io.roadcast.bench.child;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How another program of ours is started on this program's Java. */
public final class ChildJava {
  private ChildJava() {}

  /** A command of this program's own classes, to which the program's arguments may be added. */
  public static List<String> command(Class<?> main) {
    return command(System.getProperty("java.class.path"), main.getName(), List.of());
  }

  /**
   * The same of other classes.
   *
   * @param options for the other Java
   */
  public static List<String> command(String classPath, String main, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }
}
