package io.roadcast.jtt.live;

import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * What every channel works with.
 *
 * @param executor runs what may block
 * @param busy whether a channel is anything but idle
 */
record ChannelSurroundings(
    ChannelMachine machine,
    Router router,
    ChannelCommands commands,
    Timers timers,
    Executor executor,
    DataBudget budget,
    Predicate<StreamId> busy,
    LastFailures failures,
    LiveStatistics statistics) {}
