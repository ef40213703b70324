package io.roadcast.jtt.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.TerminalTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fields of one JSON object, in the forms in which JT/T 808 values are shown. */
final class JsonFields {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final int SHOWN_BYTES = 32;

  /** A call of the generator. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private final JsonGenerator json;

  JsonFields(JsonGenerator json) {
    this.json = json;
  }

  JsonFields number(String name, long value) {
    return write(() -> json.writeNumberField(name, value));
  }

  JsonFields numberOrNull(String name, @Nullable Number value) {
    return value == null ? nothing(name) : number(name, value.longValue());
  }

  JsonFields truth(String name, boolean value) {
    return write(() -> json.writeBooleanField(name, value));
  }

  JsonFields string(String name, String value) {
    return write(() -> json.writeStringField(name, value));
  }

  JsonFields nothing(String name) {
    return write(() -> json.writeNullField(name));
  }

  JsonFields text(String name, GbkText text) {
    return string(name, text.value());
  }

  JsonFields textOrNull(String name, @Nullable GbkText text) {
    return text == null ? nothing(name) : text(name, text);
  }

  JsonFields byteId(String name, int value) {
    return string(name, "0x%02X".formatted(value));
  }

  JsonFields byteIds(String name, List<Integer> values) {
    return strings(name, values.stream().map("0x%02X"::formatted).toList());
  }

  JsonFields id(String name, int value) {
    return string(name, "0x%04X".formatted(value));
  }

  JsonFields wideId(String name, long value) {
    return string(name, "0x%08X".formatted(value));
  }

  JsonFields alarmMask(String name, long value) {
    return string(name, "0x%016X".formatted(value));
  }

  JsonFields hex(String name, Bytes bytes) {
    return string(name, bytes.toHex());
  }

  /** Of media only the beginning is shown. */
  JsonFields shortenedHex(String name, Bytes bytes) {
    return bytes.length() <= SHOWN_BYTES
        ? hex(name, bytes)
        : string(name, bytes.slice(0, SHOWN_BYTES).toHex() + "...");
  }

  JsonFields time(String name, TerminalTime time) {
    return time(name, time, "+08:00");
  }

  JsonFields utc(String name, TerminalTime time) {
    return time(name, time, "Z");
  }

  private JsonFields time(String name, TerminalTime time, String zone) {
    if (time.isNone()) {
      return nothing(name);
    }
    return time.local()
        .map(local -> string(name, SECONDS.format(local) + zone))
        .orElseGet(() -> object(name, raw -> raw.string("raw_bcd", time.toHex())));
  }

  JsonFields numbers(String name, List<? extends Number> values) {
    return write(
        () -> {
          json.writeArrayFieldStart(name);
          for (Number value : values) {
            json.writeNumber(value.longValue());
          }
          json.writeEndArray();
        });
  }

  JsonFields strings(String name, List<String> values) {
    return write(
        () -> {
          json.writeArrayFieldStart(name);
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
        });
  }

  JsonFields object(String name, Consumer<JsonFields> fields) {
    return write(
        () -> {
          json.writeObjectFieldStart(name);
          fields.accept(this);
          json.writeEndObject();
        });
  }

  <T> JsonFields objects(String name, List<T> values, BiConsumer<T, JsonFields> fields) {
    return write(
        () -> {
          json.writeArrayFieldStart(name);
          for (T value : values) {
            json.writeStartObject();
            fields.accept(value, this);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private JsonFields write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
