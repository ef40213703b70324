package io.roadcast.signaling.http;

/** The figures for a monitoring system. */
public interface MetricsSource {
  /** Such as "text/plain; version=0.0.4; charset=utf-8". */
  String contentType();

  String scrape();
}
