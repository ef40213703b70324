package io.roadcast.server.command;

import io.roadcast.recorder.catalog.CatalogRebuild;
import io.roadcast.server.CatalogRebuilding;
import io.roadcast.server.StartException;
import io.roadcast.server.config.ConfigException;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Logs;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the catalogue of recordings anew from what stands beside files and objects. */
@Command(
    name = "rebuild-index",
    mixinStandardHelpOptions = true,
    description =
        "Makes the catalogue of recordings anew from disk and object store, while no server runs.")
public final class RebuildIndexCommand implements Callable<Integer> {
  @Mixin private final ConfigOption configuration = new ConfigOption();

  @Option(
      names = "--resume-deletion",
      description = "Only confirm that the catalogue is right: what is too old may go again.")
  private boolean resumeDeletion;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Console.out(spec);
    try {
      ServerConfig config = configuration.load().config();
      Logs.configure(config.logging());
      if (resumeDeletion) {
        out.println(
            CatalogRebuilding.resumeDeletion(config)
                ? "Recordings may be deleted again."
                : "Recordings could be deleted before.");
        return 0;
      }
      CatalogRebuild.Result result = CatalogRebuilding.rebuild(config);
      out.printf(
          "%d segments are in the catalogue, %d of them are finished by the next start;"
              + " %d could not be read.%n",
          result.found(), result.unfinished(), result.unreadable());
      out.println("Nothing is deleted until ./run rebuild-index --resume-deletion confirms it.");
      return 0;
    } catch (ConfigException refused) {
      refused.problems().forEach(Console.err(spec)::println);
    } catch (StartException failure) {
      Console.err(spec).println(failure.getMessage());
    }
    return 1;
  }
}
