package io.roadcast.server.command;

import picocli.CommandLine.Command;

/** Says what recorded bytes of terminals hold. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Says what recorded bytes of terminals hold.",
    synopsisSubcommandLabel = "PROTOCOL",
    subcommands = {InspectJt1078Command.class, InspectJt808Command.class})
public final class InspectCommand {}
