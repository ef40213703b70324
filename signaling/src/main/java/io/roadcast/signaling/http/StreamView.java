package io.roadcast.signaling.http;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.VideoFormat;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamStatistics;
import io.roadcast.sfu.router.UplinkStatistics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A stream as the API shows it. */
public record StreamView(
    String id,
    @Nullable String terminal,
    @Nullable Integer channel,
    String quality,
    String state,
    Instant since,
    long uptimeMs,
    SourceInfo source,
    @Nullable Video video,
    @Nullable Audio audio,
    int viewers,
    @Nullable Instant lastFrameAt,
    UplinkStatistics uplink) {

  /** Rates are over about the last two seconds, 0 until known. */
  public record Video(
      String codec,
      String profile,
      String level,
      int width,
      int height,
      double frameRate,
      long bitRate,
      long keyframeIntervalMs) {}

  public record Audio(String codec, int sampleRate, int channels, long bitRate) {}

  public static StreamView of(Stream stream, int viewers) {
    StreamId id = stream.id();
    StreamStatistics statistics = stream.statistics();
    Instant lastFrameAt = statistics.lastFrameAt();
    return new StreamView(
        id.name(),
        id.ofTerminal() ? id.terminal() : null,
        id.ofTerminal() ? (Integer) id.channel() : null,
        id.quality().label(),
        stream.state().name().toLowerCase(Locale.ROOT),
        stream.since().truncatedTo(ChronoUnit.MILLIS),
        Math.max(0, Duration.between(stream.since(), Instant.now()).toMillis()),
        stream.source(),
        videoOf(stream.video(), statistics),
        audioOf(stream.audio(), statistics),
        viewers,
        lastFrameAt == null ? null : lastFrameAt.truncatedTo(ChronoUnit.MILLIS),
        stream.uplink());
  }

  private static @Nullable Video videoOf(
      @Nullable VideoFormat format, StreamStatistics statistics) {
    return format == null
        ? null
        : new Video(
            format.codec().name(),
            format.profile(),
            format.level(),
            format.width(),
            format.height(),
            Math.round(statistics.videoFrameRate() * 10) / 10.0,
            statistics.videoBitRate(),
            statistics.keyframeIntervalMillis());
  }

  private static @Nullable Audio audioOf(
      @Nullable AudioFormat format, StreamStatistics statistics) {
    return format == null
        ? null
        : new Audio(
            format.codec().name(),
            format.sampleRate(),
            format.channels(),
            statistics.audioBitRate());
  }
}
