package io.roadcast.signaling.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteRangeTest {
  @Test
  void readsOneRange() {
    assertThat(ByteRange.parse("bytes=0-9", 100)).isEqualTo(new ByteRange(0, 10));
    assertThat(ByteRange.parse("bytes=90-", 100)).isEqualTo(new ByteRange(90, 100));
    assertThat(ByteRange.parse("bytes=-10", 100)).isEqualTo(new ByteRange(90, 100));
    assertThat(ByteRange.parse("bytes=-1000", 100)).isEqualTo(new ByteRange(0, 100));
    assertThat(ByteRange.parse("bytes=50-1000", 100)).isEqualTo(new ByteRange(50, 100));
  }

  @Test
  void whatIsNoRangeIsTheWhole() {
    for (String header :
        new String[] {null, "", "bytes=", "bytes=-", "bytes=9-0", "lines=1-2", "bytes=0-1,4-5"}) {
      assertThat(ByteRange.parse(header, 100)).as(header).isNull();
    }
  }

  @Test
  void whatIsBehindTheEndIsEmpty() {
    ByteRange range = ByteRange.parse("bytes=100-", 100);
    assertThat(range).isEqualTo(new ByteRange(100, 100));
  }
}
