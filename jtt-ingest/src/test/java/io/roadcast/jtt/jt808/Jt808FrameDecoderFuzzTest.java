package io.roadcast.jtt.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;

class Jt808FrameDecoderFuzzTest {
  private static final byte[] HEARTBEAT = Bytes.ofHex("7e000200000139123456780005377e").toArray();

  /**
   * What is read, is read again from what is written; and a sound frame is found after anything.
   */
  @FuzzTest(maxDuration = "1m")
  void findsFramesInAnything(FuzzedDataProvider data) {
    RecordingListener found = new RecordingListener();
    Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    while (data.remainingBytes() > 0) {
      byte[] piece = data.consumeBytes(data.consumeInt(0, 3000));
      decoder.read(Unpooled.wrappedBuffer(piece), found);
    }
    for (Jt808Frame frame : found.frames()) {
      Bytes wire = Jt808FrameEncoder.encode(frame.header(), frame.body());
      RecordingListener again = RecordingListener.of(wire);
      assertThat(again.frames()).containsExactly(frame);
    }
    int before = found.frames().size();
    decoder.read(Unpooled.wrappedBuffer(HEARTBEAT), found);
    assertThat(found.frames()).hasSizeGreaterThan(before);
    assertThat(found.frames().getLast().header().messageId()).isEqualTo(Heartbeat.ID);
  }
}
