package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CipherChangeGateTest {
  private static final byte[] CHANGE = record(20, 0, new byte[] {1});
  private static final byte[] FINISHED = record(22, 1, new byte[48]);
  private static final byte[] KEY_EXCHANGE = record(22, 0, fragment(16, 33, 0, 33));

  private final CipherChangeGate gate = new CipherChangeGate();

  @Test
  void letsACompleteFlightPass() {
    byte[] flight = join(KEY_EXCHANGE, record(22, 0, fragment(15, 76, 0, 76)), CHANGE, FINISHED);
    assertThat(gate.passing(flight)).isEqualTo(flight.length);
  }

  @Test
  void cutsOffAnEarlyChange() {
    assertThat(gate.passing(join(KEY_EXCHANGE, CHANGE, FINISHED))).isEqualTo(KEY_EXCHANGE.length);
    assertThat(gate.passing(CHANGE)).isZero();
    assertThat(gate.passing(FINISHED)).isEqualTo(FINISHED.length);
  }

  @Test
  void waitsForAllFragmentsInAnyOrder() {
    gate.passing(record(22, 0, fragment(15, 76, 50, 26)));
    assertThat(gate.passing(CHANGE)).isZero();
    gate.passing(
        join(record(22, 0, fragment(15, 76, 20, 30)), record(22, 0, fragment(15, 76, 0, 20))));
    assertThat(gate.passing(CHANGE)).isEqualTo(CHANGE.length);
  }

  @Test
  void findsTheVerifyBehindAnotherMessageOfOneRecord() {
    gate.passing(record(22, 0, join(fragment(16, 33, 0, 33), fragment(15, 76, 0, 76))));
    assertThat(gate.passing(CHANGE)).isEqualTo(CHANGE.length);
  }

  @Test
  void passesWhatItCannotRead() {
    byte[] truncated = {22, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 0x7f, 1};
    assertThat(gate.passing(truncated)).isEqualTo(truncated.length);
    assertThat(gate.passing(new byte[] {22})).isEqualTo(1);
  }

  private static byte[] record(int type, int epoch, byte[] payload) {
    return ByteBuffer.allocate(13 + payload.length)
        .put((byte) type)
        .putShort((short) 0xfefd)
        .putShort((short) epoch)
        .putShort((short) 0)
        .putInt(7)
        .putShort((short) payload.length)
        .put(payload)
        .array();
  }

  private static byte[] fragment(int type, int length, int offset, int count) {
    return ByteBuffer.allocate(12 + count)
        .putInt(type << 24 | length)
        .putShort((short) 3)
        .put((byte) 0)
        .putShort((short) offset)
        .put((byte) 0)
        .putShort((short) count)
        .array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
