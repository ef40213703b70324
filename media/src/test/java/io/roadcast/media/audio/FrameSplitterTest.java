package io.roadcast.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameSplitterTest {
  private static final byte[] FRAME = SoundFraming.ADTS.around(new byte[50], 16_000);

  private final FrameSplitter splitter = new FrameSplitter(FrameHeader.ADTS);
  private final List<Integer> lengths = new ArrayList<>();
  private int damaged;

  @Test
  void framesMayComeInPiecesAndSeveralInOne() {
    byte[] three = new byte[3 * FRAME.length];
    for (int at = 0; at < three.length; at += FRAME.length) {
      System.arraycopy(FRAME, 0, three, at, FRAME.length);
    }
    split(Arrays.copyOf(three, 70));
    assertThat(lengths).containsExactly(FRAME.length);
    split(Arrays.copyOfRange(three, 70, three.length));
    assertThat(lengths).containsExactly(FRAME.length, FRAME.length, FRAME.length);
    assertThat(damaged).isZero();
  }

  @Test
  void aFalseHeaderDoesNotSwallowWhatFollows() {
    byte[] claimsMuch = SoundFraming.ADTS.around(new byte[8000], 16_000);
    split(Arrays.copyOf(claimsMuch, 100));
    assertThat(lengths).isEmpty();
    split(FRAME);
    assertThat(lengths).containsExactly(FRAME.length);
    assertThat(damaged).isEqualTo(1);
  }

  private void split(byte[] piece) {
    splitter.split(
        ByteBuffer.wrap(piece), frame -> lengths.add(frame.remaining()), () -> damaged++);
  }
}
