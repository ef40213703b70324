package io.roadcast.jtt.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.roadcast.jtt.jt808.Assembly;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.DecodedMessage;
import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.IncompleteMessage;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.ProtocolVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is found in JT/T 808 bytes as JSON, one object per line: {@code message_id}, {@code
 * version}, {@code header} and {@code body}; {@code error} and {@code detail} where something
 * cannot be read. The parts of a sub-packaged message have a null body, except for the one that
 * completes it, whose body is the whole message's.
 */
public final class Jt808JsonReport {
  /** Does what it does with the generator. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private final JsonGenerator json;
  private final JsonFields fields;

  /**
   * @param out flushed at the end; stays open
   */
  public Jt808JsonReport(Writer out) throws IOException {
    json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    fields = new JsonFields(json);
  }

  /** A message in one frame. */
  void message(Jt808Frame frame, ProtocolVersion version) {
    line(() -> whole(frame, frame.header(), frame.body(), version));
  }

  /** A part of a message. */
  void part(Jt808Frame frame, Assembly assembly, ProtocolVersion version) {
    line(
        () -> {
          if (assembly instanceof Assembly.Complete(var message)) {
            whole(frame, message.firstHeader(), message.body(), version);
            fields.number("reassembled_length", message.body().length());
          } else {
            head(frame.header().messageId(), version, frame);
            fields.nothing("body").hex("part_hex", frame.body());
            if (assembly instanceof Assembly.Rejected(var fault)) {
              error(fault.name(), "this part is not joined with others");
            }
          }
        });
  }

  /** A bare body. */
  void body(int messageId, Bytes body, ProtocolVersion version) {
    line(
        () -> {
          try {
            decoded(messageId, null, Jt808Codec.decode(messageId, body, version));
          } catch (MalformedMessageException malformed) {
            malformed(messageId, null, body, version, malformed);
          }
        });
  }

  /** Bytes that are no frame. */
  void fault(FrameFault fault, int bytes) {
    line(() -> error(fault.name(), bytes + " bytes skipped"));
  }

  /** Text that is no hexadecimal digits. */
  void notHex(int lineNumber) {
    line(() -> error("NOT_HEXADECIMAL", "line " + lineNumber));
  }

  /** A message of which parts are missing when the input ends. */
  void incomplete(IncompleteMessage message) {
    String missing =
        message.missing().stream().map(String::valueOf).collect(Collectors.joining(", "));
    line(
        () -> {
          fields.id("message_id", message.messageId());
          error("INCOMPLETE_MESSAGE", "of " + message.total() + " parts are missing: " + missing);
          fields.string("terminal_phone_bcd", message.terminal().bcd());
          fields.numbers("missing_indexes", message.missing());
        });
  }

  /** There is nothing more. */
  void end() throws IOException {
    if (json.getOutputContext().hasCurrentIndex()) {
      json.writeRaw('\n');
    }
    json.flush();
  }

  private void whole(Jt808Frame frame, Jt808Header first, Bytes body, ProtocolVersion version) {
    int messageId = first.messageId();
    try {
      decoded(messageId, frame, Jt808Codec.decode(first, body, version));
    } catch (MalformedMessageException malformed) {
      malformed(messageId, frame, body, version, malformed);
    }
  }

  private void decoded(int messageId, @Nullable Jt808Frame frame, DecodedMessage decoded) {
    head(messageId, decoded.layout(), frame);
    fields.object("body", body -> MessageJson.write(decoded.message(), decoded.layout(), body));
    if (!decoded.rest().isEmpty()) {
      fields.hex("rest_hex", decoded.rest());
    }
  }

  private void malformed(
      int messageId,
      @Nullable Jt808Frame frame,
      Bytes body,
      ProtocolVersion version,
      MalformedMessageException malformed) {
    head(messageId, version, frame);
    fields.nothing("body").hex("body_hex", body);
    error(malformed.fault().name(), String.valueOf(malformed.getMessage()));
  }

  private void head(int messageId, ProtocolVersion version, @Nullable Jt808Frame frame) {
    fields.id("message_id", messageId).number("version", version.year());
    if (frame == null) {
      fields.nothing("header");
    } else {
      fields.object("header", header -> header(frame, header));
    }
  }

  private static void header(Jt808Frame frame, JsonFields out) {
    Jt808Header header = frame.header();
    boolean of2019 = header.version() == ProtocolVersion.V2019;
    out.id("message_id", header.messageId()).id("attributes", header.attributes());
    out.number("body_length", header.bodyLength()).number("encryption", header.encryption());
    out.truth("subpackaged", header.subPackaged()).number("version_flag", of2019 ? 1 : 0);
    out.number("reserved_bit15", header.reservedBit());
    if (of2019) {
      out.number("protocol_version", header.protocolRevision());
    }
    out.string("terminal_phone_bcd", header.phone().bcd());
    out.number("serial_number", header.serial());
    if (header.subPackaged()) {
      out.number("package_total", header.packageTotal());
      out.number("package_index", header.packageIndex());
    }
    // A frame with another check code or length would not be here.
    out.byteId("check_code", frame.checkCode()).truth("check_code_ok", true);
    out.byteId("computed_check_code", frame.checkCode()).truth("body_length_ok", true);
  }

  private void error(String code, String detail) {
    fields.string("error", code).string("detail", detail);
  }

  private void line(Runnable content) {
    write(json::writeStartObject);
    content.run();
    write(json::writeEndObject);
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
