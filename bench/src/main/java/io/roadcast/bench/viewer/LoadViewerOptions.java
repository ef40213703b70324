package io.roadcast.bench.viewer;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a viewer behaves.
 *
 * @param video whether video is offered
 * @param audio whether audio is offered
 * @param suites SRTP profiles in the order they are offered
 * @param nack whether missing packets are asked for
 * @param feedback whether the arrival of each packet is reported (transport-wide feedback)
 * @param patience how long a missing packet is waited for before it counts as lost
 * @param connectTimeout from offer to keys
 * @param token WHEP bearer token, or null
 * @param sink takes the media, or null
 * @param offerEdit changes the offer before it is sent
 */
public record LoadViewerOptions(
    boolean video,
    boolean audio,
    List<SrtpSuite> suites,
    boolean nack,
    boolean feedback,
    Duration patience,
    Duration connectTimeout,
    @Nullable String token,
    @Nullable MediaSink sink,
    UnaryOperator<String> offerEdit) {
  public LoadViewerOptions {
    suites = List.copyOf(suites);
  }

  /** Video and audio, GCM before CM, repairs asked for. */
  public static LoadViewerOptions defaults() {
    return new LoadViewerOptions(
        true,
        true,
        List.of(SrtpSuite.values()),
        true,
        false,
        Duration.ofSeconds(1),
        Duration.ofSeconds(15),
        null,
        null,
        UnaryOperator.identity());
  }

  public LoadViewerOptions onlyVideo() {
    return new LoadViewerOptions(
        true, false, suites, nack, feedback, patience, connectTimeout, token, sink, offerEdit);
  }

  public LoadViewerOptions onlyAudio() {
    return new LoadViewerOptions(
        false, true, suites, nack, feedback, patience, connectTimeout, token, sink, offerEdit);
  }

  public LoadViewerOptions withSuites(SrtpSuite... offered) {
    return new LoadViewerOptions(
        video,
        audio,
        List.of(offered),
        nack,
        feedback,
        patience,
        connectTimeout,
        token,
        sink,
        offerEdit);
  }

  public LoadViewerOptions withoutNack() {
    return new LoadViewerOptions(
        video, audio, suites, false, feedback, patience, connectTimeout, token, sink, offerEdit);
  }

  public LoadViewerOptions withFeedback() {
    return new LoadViewerOptions(
        video, audio, suites, nack, true, patience, connectTimeout, token, sink, offerEdit);
  }

  public LoadViewerOptions withPatience(Duration limit) {
    return new LoadViewerOptions(
        video, audio, suites, nack, feedback, limit, connectTimeout, token, sink, offerEdit);
  }

  public LoadViewerOptions withConnectTimeout(Duration limit) {
    return new LoadViewerOptions(
        video, audio, suites, nack, feedback, patience, limit, token, sink, offerEdit);
  }

  public LoadViewerOptions withToken(@Nullable String bearer) {
    return new LoadViewerOptions(
        video, audio, suites, nack, feedback, patience, connectTimeout, bearer, sink, offerEdit);
  }

  public LoadViewerOptions withSink(MediaSink target) {
    return new LoadViewerOptions(
        video, audio, suites, nack, feedback, patience, connectTimeout, token, target, offerEdit);
  }

  public LoadViewerOptions withOfferEdit(UnaryOperator<String> edit) {
    return new LoadViewerOptions(
        video, audio, suites, nack, feedback, patience, connectTimeout, token, sink, edit);
  }
}
