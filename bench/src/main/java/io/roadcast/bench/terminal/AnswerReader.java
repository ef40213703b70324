package io.roadcast.bench.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Finds the general answers (0x8001) among the bytes that a server sends. Used by one thread. */
final class AnswerReader {
  /** Takes an answer. */
  @FunctionalInterface
  interface Answers {
    /**
     * @param phone 12 digits
     * @param serial of the message that is answered
     * @param id of that message
     */
    void answer(String phone, int serial, int id, int result);
  }

  private static final int GENERAL_ANSWER = 0x8001;
  private static final int HEADER_BYTES = 12;
  private static final String DIGITS = "0123456789abcdef";

  private final byte[] frame = new byte[64];
  private int length;
  private boolean escaped;

  void read(ByteBuffer in, Answers answers) {
    while (in.hasRemaining()) {
      int value = Byte.toUnsignedInt(in.get());
      if (value == 0x7e) {
        finish(answers);
      } else if (value == 0x7d) {
        escaped = true;
      } else {
        add(escaped ? 0x7c + value : value);
        escaped = false;
      }
    }
  }

  private void add(int value) {
    if (length < frame.length) {
      frame[length] = (byte) value;
    }
    length++;
  }

  private void finish(Answers answers) {
    if (length == HEADER_BYTES + 5 + 1) {
      ByteBuffer message = ByteBuffer.wrap(frame);
      if ((message.getShort(0) & 0xffff) == GENERAL_ANSWER) {
        answers.answer(
            phone(),
            message.getShort(HEADER_BYTES) & 0xffff,
            message.getShort(HEADER_BYTES + 2) & 0xffff,
            frame[HEADER_BYTES + 4]);
      }
    }
    length = 0;
    escaped = false;
  }

  private String phone() {
    byte[] digits = new byte[12];
    for (int i = 0; i < 6; i++) {
      digits[2 * i] = (byte) DIGITS.charAt(frame[4 + i] >> 4 & 0xf);
      digits[2 * i + 1] = (byte) DIGITS.charAt(frame[4 + i] & 0xf);
    }
    return new String(digits, StandardCharsets.US_ASCII);
  }
}
