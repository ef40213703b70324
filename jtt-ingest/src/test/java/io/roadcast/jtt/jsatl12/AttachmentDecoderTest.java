package io.roadcast.jtt.jsatl12;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt808.AttachmentFile;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalPhone;
import io.roadcast.jtt.jt808.Vectors;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AttachmentDecoderTest {
  private static final int MAX_CHUNK = 100_000;

  private final RecordingAttachments found = new RecordingAttachments();
  private final AttachmentDecoder decoder = new AttachmentDecoder(MAX_CHUNK);

  @Test
  void chunksOfOthersAreWrittenAsTheyWereRead() throws Exception {
    for (Vectors.Vector vector : Vectors.of("file_stream_0x30316364.json")) {
      Bytes packet = vector.bytes("packet_hex");
      decoder.read(Unpooled.wrappedBuffer(packet.toArray()), found);
      FileChunk chunk = found.chunks.removeLast();
      JsonNode expected = vector.json().path("expected");
      assertThat(chunk.name().value()).isEqualTo(expected.path("file_name").asText());
      assertThat(chunk.offset()).isEqualTo(expected.path("offset").asLong());
      assertThat(chunk.data().length()).isEqualTo(expected.path("length").asInt());
      String hex = expected.path("data_hex").asText();
      assertThat(chunk.data().toHex()).startsWith(hex.replace("...", ""));
      if (expected.has("data_sha256")) {
        assertThat(
                HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(chunk.data().toArray())))
            .isEqualTo(expected.path("data_sha256").asText());
      }
      ByteBuf out = Unpooled.buffer();
      chunk.write(out);
      assertThat(Bytes.of(ByteBufUtil.getBytes(out))).isEqualTo(packet);
      assertThat(found.faults).isEmpty();
    }
  }

  @Test
  void tellsFramesAndChunksApartHoweverTheBytesAreCut() {
    byte[] data = new byte[5000];
    new Random(1).nextBytes(data);
    data[0] = 0x7e;
    ByteBuf wire = Unpooled.buffer();
    for (int i = 0; i < 5; i++) {
      frame(wire, i);
      new FileChunk(GbkText.of("01cd~.h264"), i * 5000L, Bytes.of(data)).write(wire);
    }
    frame(wire, 5);
    frame(wire, 6);
    byte[] all = ByteBufUtil.getBytes(wire);
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      RecordingAttachments cut = new RecordingAttachments();
      AttachmentDecoder fresh = new AttachmentDecoder(MAX_CHUNK);
      ByteBuf in = Unpooled.wrappedBuffer(all);
      while (in.isReadable()) {
        int most = seed < 10 ? 3 : 4000;
        fresh.read(in.readSlice(Math.min(in.readableBytes(), 1 + random.nextInt(most))), cut);
      }
      fresh.end(cut);
      assertThat(cut.faults).isEmpty();
      assertThat(cut.frames).hasSize(7);
      assertThat(cut.chunks).hasSize(5);
      assertThat(cut.chunks.getLast().data()).isEqualTo(Bytes.of(data));
      assertThat(cut.chunks.getLast().offset()).isEqualTo(20_000);
    }
  }

  @Test
  void goesOnAfterWhatIsNeitherFrameNorChunk() {
    ByteBuf wire = Unpooled.buffer();
    wire.writeBytes(new byte[] {0x30, 0x31, 0x55});
    frame(wire, 1);
    frame(wire, 2);
    new FileChunk(GbkText.of("a"), 0, Bytes.of(new byte[] {1})).write(wire);
    decoder.read(wire, found);
    assertThat(found.faults).containsExactly(FrameFault.BYTES_BEFORE_FRAME);
    assertThat(found.chunks).hasSize(1);
    assertThat(found.frames).isNotEmpty();
  }

  @Test
  void aChunkAboveTheLimitIsTheEnd() {
    ByteBuf wire = Unpooled.buffer();
    new FileChunk(GbkText.of("a"), 0, Bytes.of(new byte[MAX_CHUNK + 1])).write(wire);
    frame(wire, 1);
    decoder.read(wire, found);
    assertThat(found.oversized).isEqualTo(MAX_CHUNK + 1);
    assertThat(found.chunks).isEmpty();
    assertThat(found.frames).isEmpty();
    assertThat(wire.isReadable()).isFalse();
  }

  private static void frame(ByteBuf out, int serial) {
    TerminalPhone phone = TerminalPhone.of("7e7d", ProtocolVersion.V2013);
    AttachmentFile file = new AttachmentFile(GbkText.of("01cd"), 2, 0x7e7e);
    Jt808Codec.encode(file, phone, serial, ProtocolVersion.V2013)
        .forEach(frame -> frame.writeTo(out));
  }
}
