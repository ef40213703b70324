package io.roadcast.jtt.live;

import io.roadcast.sfu.router.Router;
import java.util.concurrent.Executor;

/**
 * What every channel works with.
 *
 * @param executor runs what may block
 */
record ChannelSurroundings(
    ChannelMachine machine,
    Router router,
    ChannelCommands commands,
    Timers timers,
    Executor executor,
    DataBudget budget,
    LastFailures failures,
    LiveStatistics statistics) {}
