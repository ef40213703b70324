package io.roadcast.sfu.router;

/**
 * Where a stream comes from.
 *
 * @param protocol such as "jtt1078"
 * @param transport "tcp" or "udp"
 * @param remote address and port of the peer, as "192.0.2.7:40112"
 */
public record SourceInfo(String protocol, String transport, String remote) {}
