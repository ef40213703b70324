package io.roadcast.signaling;

import io.roadcast.signaling.ws.PushLimits;
import java.time.Duration;

/**
 * @param whepBurst viewings that one address may open at once
 * @param whepPerSecond viewings that one address may open per second in the long run
 * @param maxSdpBytes the longest offer that is read
 * @param bodyTimeout how long a request's body may take
 * @param idleTimeout a connection on which nothing moves is closed after this
 * @param failedLoginDelay who shows a wrong token waits up to this long for the answer
 * @param push limits of the WebSocket
 */
public record SignalingLimits(
    int whepBurst,
    double whepPerSecond,
    int maxSdpBytes,
    Duration bodyTimeout,
    Duration idleTimeout,
    Duration failedLoginDelay,
    PushLimits push) {
  public static SignalingLimits defaults() {
    return new SignalingLimits(
        200,
        50,
        64 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        PushLimits.defaults());
  }

  public SignalingLimits withWhepRate(int burst, double perSecond) {
    return new SignalingLimits(
        burst, perSecond, maxSdpBytes, bodyTimeout, idleTimeout, failedLoginDelay, push);
  }

  public SignalingLimits withPush(PushLimits changed) {
    return new SignalingLimits(
        whepBurst, whepPerSecond, maxSdpBytes, bodyTimeout, idleTimeout, failedLoginDelay, changed);
  }
}
