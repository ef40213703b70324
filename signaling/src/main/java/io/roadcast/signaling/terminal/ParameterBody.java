package io.roadcast.signaling.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Parameter;
import java.nio.ByteBuffer;
import java.util.Map;

/** A terminal's parameter in the body of a request. */
final class ParameterBody {
  private static final long DWORD = 0xffff_ffffL;
  private static final int MOST_BYTES = 255;

  /** Bytes that numbers have by name. */
  private static final Map<String, Integer> WIDTHS = Map.of("byte", 1, "word", 2, "dword", 4);

  private ParameterBody() {}

  /** A number, or a text such as "0x0029". */
  static long id(JsonNode value) {
    try {
      long id = value.isTextual() ? Long.decode(value.asText()) : value.asLong(-1);
      if (id >= 0 && id <= DWORD && (value.isTextual() || value.isIntegralNumber())) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw CommandBody.invalid("The id of a parameter is a number, or a text such as \"0x0029\".");
  }

  /** {@code {"id":…, "value": text or number, "width": "byte|word|dword"}} or {@code "hex"}. */
  static Parameter parameter(JsonNode body) {
    Bytes value = value(body);
    if (value.length() > MOST_BYTES) {
      throw CommandBody.invalid("A parameter has at most " + MOST_BYTES + " bytes.");
    }
    return new Parameter(id(body.path("id")), value);
  }

  private static Bytes value(JsonNode body) {
    if (body.has("hex")) {
      return CommandBody.hex(body, "hex");
    }
    JsonNode value = body.path("value");
    if (value.isTextual()) {
      return GbkText.of(value.asText()).raw();
    }
    Integer width = WIDTHS.get(body.path("width").asText("dword"));
    if (!value.isIntegralNumber() || width == null) {
      throw CommandBody.invalid(
          "A parameter has a \"value\" that is a text, or a number with \"width\" byte, word or"
              + " dword, or bytes in \"hex\".");
    }
    long number = value.asLong();
    if (number < 0 || number >= 1L << 8 * width) {
      throw CommandBody.invalid("The value " + number + " does not fit its width.");
    }
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return Bytes.of(bytes, Long.BYTES - width, width);
  }
}
