package io.roadcast.bench.child;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the packaged server is. */
public final class ServerJars {
  public static final String MAIN = "io.roadcast.server.ServerMain";

  /** As {@code ./run server} gives them, besides those that every program of ours gets. */
  public static final List<String> JAVA_OPTIONS = List.of("-XX:MetaspaceSize=128m");

  private ServerJars() {}

  /**
   * The directory with the server's jars of the checkout that this program belongs to.
   *
   * @throws IOException if it is not built
   */
  public static Path ofThisCheckout() throws IOException {
    try {
      Path own =
          Path.of(ServerJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path at = own; at != null; at = at.getParent()) {
        Path found = at.resolve("server/target/lib");
        if (Files.isDirectory(found)) {
          return found;
        }
      }
      throw new IOException("no server/target/lib above " + own + ": ./run build");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
