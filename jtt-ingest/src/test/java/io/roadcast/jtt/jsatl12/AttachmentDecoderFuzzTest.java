package io.roadcast.jtt.jsatl12;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class AttachmentDecoderFuzzTest {
  private static final int MAX_CHUNK = 1000;

  /** The same is found whether the bytes come at once or one by one. */
  @FuzzTest(maxDuration = "1m")
  void doesNotCareHowBytesAreCut(FuzzedDataProvider data) {
    ByteBuf wire = Unpooled.buffer();
    while (data.remainingBytes() > 0) {
      switch (data.consumeInt(0, 3)) {
        case 0 -> wire.writeInt(FileChunk.MAGIC);
        case 1 -> wire.writeZero(54).writeInt(data.consumeInt(0, MAX_CHUNK + 1));
        case 2 -> wire.writeByte(0x7e);
        default -> wire.writeBytes(data.consumeBytes(data.consumeInt(0, 100)));
      }
    }
    RecordingAttachments whole = new RecordingAttachments();
    AttachmentDecoder atOnce = new AttachmentDecoder(MAX_CHUNK);
    atOnce.read(wire.duplicate(), whole);
    atOnce.end(whole);
    RecordingAttachments cut = new RecordingAttachments();
    AttachmentDecoder oneByOne = new AttachmentDecoder(MAX_CHUNK);
    while (wire.isReadable()) {
      oneByOne.read(wire.readSlice(1), cut);
    }
    oneByOne.end(cut);
    assertThat(cut.chunks).isEqualTo(whole.chunks);
    assertThat(cut.frames).isEqualTo(whole.frames);
    assertThat(cut.faults).isEqualTo(whole.faults);
    assertThat(cut.oversized).isEqualTo(whole.oversized);
    assertThat(whole.chunks)
        .allSatisfy(chunk -> assertThat(chunk.data().length()).isLessThanOrEqualTo(MAX_CHUNK));
  }
}
