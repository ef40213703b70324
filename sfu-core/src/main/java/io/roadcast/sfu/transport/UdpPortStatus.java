package io.roadcast.sfu.transport;

/**
 * What sends and receives.
 *
 * @param port {@code native} or {@code nio}
 * @param segments whether runs leave as one message
 * @param reason why this port: a stable word, {@code probed}, {@code configured}, {@code
 *     unknown_system}, {@code native_access_disabled} or {@code probe_failed}
 */
public record UdpPortStatus(String port, boolean segments, String reason) {}
