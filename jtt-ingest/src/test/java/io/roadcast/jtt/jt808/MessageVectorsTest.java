package io.roadcast.jtt.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class MessageVectorsTest {
  static Stream<Vectors.Vector> positive() {
    return Vectors.positive().stream();
  }

  static Stream<Vectors.Vector> irregular() {
    return Vectors.of("irregular_bodies.json").stream();
  }

  @ParameterizedTest
  @MethodSource("positive")
  void bodiesAreWrittenAsTheyWereRead(Vectors.Vector vector) throws Exception {
    for (ProtocolVersion version : vector.versions()) {
      DecodedMessage decoded =
          Jt808Codec.decode(vector.messageId(), vector.bytes("body_hex"), version);
      assertThat(decoded.message()).isNotInstanceOf(UnknownMessage.class);
      assertThat(decoded.message().id()).isEqualTo(vector.messageId());
      assertThat(decoded.rest()).isEqualTo(Bytes.EMPTY);
      assertThat(Jt808Codec.encodeBody(decoded.message(), decoded.layout()))
          .isEqualTo(vector.bytes("body_hex"));
    }
  }

  @ParameterizedTest
  @MethodSource("positive")
  void framesAreWrittenAsTheyWereRead(Vectors.Vector vector) throws Exception {
    if (!vector.isWholeMessage()) {
      return;
    }
    RecordingListener found = RecordingListener.of(vector.bytes("frame_hex"));
    assertThat(found.faults()).isEmpty();
    Jt808Frame frame = found.frames().getFirst();
    assertThat(frame.body()).isEqualTo(vector.bytes("body_hex"));
    DecodedMessage decoded = Jt808Codec.decode(frame);
    assertThat(decoded.layout()).isEqualTo(vector.versions().getFirst());
    assertThat(
            Jt808Codec.encode(
                frame.header(), Jt808Codec.encodeBody(decoded.message(), decoded.layout())))
        .isEqualTo(List.of(vector.bytes("frame_hex")));
  }

  @ParameterizedTest
  @MethodSource("irregular")
  void irregularBodiesAreReadAsFarAsTheyAreSound(Vectors.Vector vector) throws Exception {
    Bytes body = vector.bytes("hex");
    ProtocolVersion version = ProtocolVersion.V2013;
    if (body.at(0) == 0x7e) {
      RecordingListener found = RecordingListener.of(body);
      assertThat(found.faults()).isEmpty();
      body = found.frames().getFirst().body();
      version = found.frames().getFirst().header().version();
    }
    DecodedMessage decoded = Jt808Codec.decode(vector.messageId(), body, version);
    Bytes known = Jt808Codec.encodeBody(decoded.message(), decoded.layout());
    assertThat(known.toHex() + decoded.rest().toHex()).isEqualTo(body.toHex());
  }

  @Test
  void faultyFramesAreSkippedWithAReason() {
    for (Vectors.Vector vector : Vectors.of("negative_frames.json")) {
      RecordingListener found = RecordingListener.of(vector.bytes("frame_hex"));
      String reason = vector.json().path("reason").asText();
      if (reason.startsWith("encryption")) {
        assertThat(found.faults()).as(vector.id()).isEmpty();
        assertThatCode(() -> Jt808Codec.decode(found.frames().getFirst()))
            .isInstanceOfSatisfying(
                MalformedMessageException.class,
                refused -> assertThat(refused.fault()).isEqualTo(BodyFault.ENCRYPTED_BODY));
      } else if (vector.id().equals("negative-s001")) {
        // Two sound frames that were glued together.
        assertThat(found.faults()).isEmpty();
        assertThat(found.frames())
            .extracting(frame -> frame.header().messageId())
            .containsExactly(Heartbeat.ID, Registration.ID);
      } else {
        assertThat(found.faults()).as(vector.id() + " " + reason).isNotEmpty();
      }
    }
  }
}
