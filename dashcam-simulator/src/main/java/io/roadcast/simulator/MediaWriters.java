package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.TerminalId;
import java.util.Random;

/** Makes what turns frames into a terminal's packets. */
record MediaWriters(SimulationOptions options, boolean severalChannels, UplinkCounters counters) {
  Uplink.WriterFactory of(String digits) {
    TerminalId id = TerminalId.ofDigits(digits, options.wire().idWidth());
    Source.Ids ids =
        options.source() instanceof Source.Replayed replayed
            ? replayed.ids()
            : Source.Ids.OF_TERMINAL;
    Random random = new Random(options.impairment().seed() + digits.hashCode());
    return (path, transport) ->
        new PacketWriter(
            path, transport, id, ids, severalChannels, options.impairment(), random, counters);
  }
}
