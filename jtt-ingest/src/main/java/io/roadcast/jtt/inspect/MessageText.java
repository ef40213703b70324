package io.roadcast.jtt.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ProtocolVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A message in words: the fields of its record as a JSON object, for the API. */
public final class MessageText {
  private static final JsonFactory JSON = new JsonFactory();

  private MessageText() {}

  /**
   * One JSON object.
   *
   * @param layout whose meaning the fields have
   */
  public static String json(Jt808Message message, ProtocolVersion layout) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      MessageJson.write(message, layout, new JsonFields(json));
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
