package io.roadcast.signaling;

/**
 * Counters since the start, and the connections of now.
 *
 * @param slowClients WebSocket clients closed because they did not read what they were told
 * @param failedAuthentications requests with a credential that is none
 * @param rateLimited viewings refused because their address asked too often
 */
public record SignalingStatistics(
    int webSocketConnections, long slowClients, long failedAuthentications, long rateLimited) {}
