package io.roadcast.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 83aa7e8000000000",
    "1995-11-10T11:33:25.125Z, b44db70520000000",
    "2036-02-07T06:28:15.5Z, ffffffff80000000",
    "2036-02-07T06:28:16Z, 0000000000000000",
    "2040-01-01T00:00:00.75Z, 0754fd00c0000000",
  })
  void countsFrom1900AndGoesOnAfter2036(Instant instant, String ntp) {
    long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    assertThat(NtpTime.ofEpochMicros(micros)).isEqualTo(Long.parseUnsignedLong(ntp, 16));
    assertThat(NtpTime.toEpochMicros(NtpTime.ofEpochMicros(micros))).isEqualTo(micros);
  }

  @Test
  void keepsEveryMicrosecond() {
    Random random = new Random(12);
    for (int i = 0; i < 10_000; i++) {
      long micros = random.nextLong(4_000_000_000_000_000L);
      assertThat(NtpTime.toEpochMicros(NtpTime.ofEpochMicros(micros))).isEqualTo(micros);
    }
  }

  /** The example of RFC 3550, figure 2. */
  @Test
  void convertsTheFieldsOfReportBlocks() {
    assertThat(NtpTime.middle(0xB44DB705_20000000L)).isEqualTo(0xB7052000);
    assertThat(NtpTime.shortDuration(5_250_000_000L)).isEqualTo(0x00054000);
    assertThat(NtpTime.nanosOfShort(0x00054000)).isEqualTo(5_250_000_000L);
    assertThat(NtpTime.nanosOfShort(0xB7108000 - 0x00054000 - 0xB7052000))
        .isEqualTo(6_125_000_000L);
    assertThat(NtpTime.shortDuration(-1)).isZero();
    assertThat(NtpTime.shortDuration(Long.MAX_VALUE / 2)).isEqualTo(-1);
  }
}
