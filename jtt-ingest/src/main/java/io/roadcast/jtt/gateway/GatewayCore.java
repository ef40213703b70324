package io.roadcast.jtt.gateway;

import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.position.LastPositions;
import java.time.InstantSource;

/** What all links of a gateway share. Its parts may be used on any thread. */
record GatewayCore(
    Jt808Config config,
    Admission admission,
    Journal journal,
    MediaSink media,
    LastPositions last,
    LinkRegistry registry,
    TerminalMemory memory,
    MinuteQuota registrations,
    GatewayStatistics statistics,
    InstantSource clock) {}
