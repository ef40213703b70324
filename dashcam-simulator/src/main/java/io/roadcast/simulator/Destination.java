package io.roadcast.simulator;

/** Where a connection goes to. */
record Destination(String host, int port, Transport transport) {}
