package io.roadcast.server.command;

import io.roadcast.server.config.ConfigException;
import io.roadcast.server.config.LoadedConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether a configuration would be accepted, without starting anything. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    description = "Says whether a configuration would be accepted.")
public final class CheckConfigCommand implements Callable<Integer> {
  @Mixin private final ConfigOption configuration = new ConfigOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    try {
      LoadedConfig loaded = configuration.load();
      out.println(
          loaded.file() == null
              ? "The defaults and the environment are accepted; no file was read."
              : loaded.file() + " is accepted.");
      loaded.withoutEffect().forEach(name -> out.println(name + " has no effect in this version."));
      return 0;
    } catch (ConfigException refused) {
      refused.problems().forEach(Console.err(spec)::println);
      return 1;
    }
  }
}
