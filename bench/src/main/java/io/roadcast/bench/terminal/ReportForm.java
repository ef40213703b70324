package io.roadcast.bench.terminal;

import java.time.Instant;

/** What a terminal reports. */
@FunctionalInterface
interface ReportForm {
  /**
   * @param mark told as the altitude, to know the report again
   */
  byte[] frame(String phone, int serial, int mark, Instant at);
}
