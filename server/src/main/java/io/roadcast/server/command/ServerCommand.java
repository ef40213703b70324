package io.roadcast.server.command;

import io.roadcast.server.BuildInfo;
import io.roadcast.server.Server;
import io.roadcast.server.StartException;
import io.roadcast.server.config.ConfigException;
import io.roadcast.server.config.LoadedConfig;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Logs;
import io.roadcast.signaling.SignalingConfig;
import io.roadcast.signaling.auth.AdminToken;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a node until the process is told to end. */
@Command(name = "server", mixinStandardHelpOptions = true, description = "Runs the server.")
public final class ServerCommand implements Callable<Integer> {
  @Mixin private final ConfigOption configuration = new ConfigOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try {
      LoadedConfig loaded = configuration.load();
      Logs.configure(loaded.config().logging());
      Server server = Server.start(loaded.config());
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, ended), "shutdown"));
      introduce(server, loaded);
      ended.await();
      return 0;
    } catch (ConfigException refused) {
      refused.problems().forEach(Console.err(spec)::println);
    } catch (StartException failure) {
      Console.err(spec).println(failure.getMessage());
    }
    return 1;
  }

  private static void end(Server server, CountDownLatch ended) {
    LoggerFactory.getLogger(ServerCommand.class).info("stopping");
    server.close();
    LoggerFactory.getLogger(ServerCommand.class).info("stopped");
    ended.countDown();
  }

  private void introduce(Server server, LoadedConfig loaded) {
    ServerConfig config = loaded.config();
    boolean everywhere = config.listenAddress().isAnyLocalAddress();
    String host = everywhere ? "localhost" : config.listenAddress().getHostAddress();
    PrintWriter out = Console.out(spec);
    out.printf("%nRoadcast %s%n", BuildInfo.version());
    out.printf("  page, API  http://%s:%d/%s%n", host, server.httpPort(), https(server, host));
    out.printf(
        "  terminals  JT/T 808 on %d, JT/T 1078 on %d (main) and %d (sub), TCP and UDP; files of"
            + " alarms on %d%n",
        server.jt808Port(), server.jt1078Port(), server.jt1078SubPort(), server.attachmentPort());
    out.printf("  viewers    UDP %d%n", server.webrtcPort());
    out.printf(
        "  listens    on %s%n",
        everywhere ? "all addresses" : config.listenAddress().getHostAddress());
    out.printf("  data       %s%n", config.dataDirectory().toAbsolutePath().normalize());
    out.printf("  config     %s%n", loaded.file() == null ? "defaults" : loaded.file());
    out.printf("  access     %s%n", access(config, server));
    server.freshAdminToken().ifPresent(token -> out.printf("%n  admin token: %s%n%n", token));
    loaded.withoutEffect().forEach(name -> out.println(name + " has no effect in this version."));
    out.println();
    out.flush();
  }

  private static String access(ServerConfig config, Server server) {
    if (config.openAccess()) {
      return "open: everybody on this machine may do everything";
    }
    return server.freshAdminToken().isPresent()
        ? "by token; the administrator's is shown below, only this once"
        : "by token; delete "
            + config.dataDirectory().resolve(AdminToken.FILE)
            + " and start again if the administrator's is lost";
  }

  private static String https(Server server, String host) {
    return server.httpsPort() == SignalingConfig.OFF
        ? ""
        : "  https://" + host + ":" + server.httpsPort() + "/";
  }
}
