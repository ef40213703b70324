package io.roadcast.signaling.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jt808.AttributeQuery;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationQuery;
import io.roadcast.jtt.jt808.ParameterQuery;
import io.roadcast.jtt.jt808.ParameterSelection;
import io.roadcast.jtt.jt808.ParameterWrite;
import io.roadcast.jtt.jt808.TerminalControl;
import io.roadcast.jtt.jt808.TextMessage;
import io.roadcast.jtt.jt808.TrackingControl;
import io.roadcast.jtt.jt808.TransparentDown;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Makes the message of a command out of the body of a request. */
final class CommandBody {
  private static final int MAX_TEXT = 500;
  private static final int MAX_PARAMETERS = 200;
  private static final int BYTE = 0xff;
  private static final int WORD = 0xffff;

  /** Driver assistance, driver, tyres, blind areas. */
  private static final List<Integer> PERIPHERALS = List.of(0x64, 0x65, 0x66, 0x67);

  private final JsonNode body;

  CommandBody(JsonNode body) {
    this.body = body;
  }

  /** As it came. */
  @Override
  public String toString() {
    return body.toString();
  }

  String type() {
    return text("type");
  }

  /**
   * @throws ApiException INVALID_BODY if it makes no command
   */
  Jt808Message message() {
    return switch (type()) {
      case "text" -> textMessage();
      case "control" -> control();
      case "parameters.read" -> parametersToRead();
      case "parameters.write" -> parametersToWrite();
      case "attributes" -> new AttributeQuery();
      case "track" -> tracking();
      case "photo" -> photo();
      case "position" -> new LocationQuery();
      case "peripherals" -> peripherals();
      case "transparent" -> new TransparentDown(number("kind", 0, BYTE), hex(body, "hex"));
      default ->
          throw invalid(
              "\"type\" is text, control, parameters.read, parameters.write, attributes, track,"
                  + " photo, position, peripherals or transparent.");
    };
  }

  /** Shown and spoken, unless the body says how. */
  private Jt808Message textMessage() {
    String text = text("text");
    if (text.length() > MAX_TEXT) {
      throw invalid("\"text\" has at most " + MAX_TEXT + " characters.");
    }
    boolean said = body.has("display") || body.has("speak");
    int flags =
        (truth("urgent", false) ? 1 : 0)
            | (truth("display", !said) ? 1 << 2 : 0)
            | (truth("speak", !said) ? 1 << 3 : 0);
    return new TextMessage(flags, TextMessage.NOTICE, GbkText.of(text));
  }

  private Jt808Message control() {
    int command =
        switch (text("command")) {
          case "upgrade" -> 1;
          case "connect" -> 2;
          case "power_off" -> 3;
          case "reset" -> 4;
          case "factory_reset" -> 5;
          case "close_data" -> 6;
          case "close_radio" -> 7;
          default ->
              throw invalid(
                  "\"command\" is upgrade, connect, power_off, reset, factory_reset, close_data or"
                      + " close_radio.");
        };
    return new TerminalControl(command, body.has("argument") ? GbkText.of(text("argument")) : null);
  }

  private Jt808Message parametersToRead() {
    if (!body.has("ids")) {
      return new ParameterQuery();
    }
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : list("ids")) {
      ids.add(ParameterBody.id(id));
    }
    return new ParameterSelection(ids);
  }

  private Jt808Message parametersToWrite() {
    return new ParameterWrite(list("parameters").stream().map(ParameterBody::parameter).toList());
  }

  /** All that the standard knows. */
  private Jt808Message peripherals() {
    int type =
        switch (text("about")) {
          case "state" -> PeripheralReport.STATUS;
          case "description" -> PeripheralReport.DESCRIPTION;
          default -> throw invalid("\"about\" is state or description.");
        };
    return PeripheralReport.question(type, PERIPHERALS);
  }

  private Jt808Message tracking() {
    int interval = number("interval_s", 0, WORD);
    return new TrackingControl(
        interval, interval == 0 ? null : (Long) (long) number("duration_s", 1, Integer.MAX_VALUE));
  }

  /** One picture now, unless the body says more. */
  private Jt808Message photo() {
    return new CameraShot(
        number("channel", 1, BYTE),
        numberOr("count", 1, 1, 0x7fff),
        numberOr("interval_s", 0, 0, WORD),
        truth("save", false) ? 1 : 0,
        numberOr("resolution", 5, 0, BYTE),
        numberOr("quality", 5, 1, 10),
        numberOr("brightness", 128, 0, BYTE),
        numberOr("contrast", 64, 0, 127),
        numberOr("saturation", 64, 0, 127),
        numberOr("chroma", 128, 0, BYTE));
  }

  private List<JsonNode> list(String name) {
    JsonNode value = body.path(name);
    if (!value.isArray() || value.isEmpty() || value.size() > MAX_PARAMETERS) {
      throw invalid("\"" + name + "\" is a list of 1 to " + MAX_PARAMETERS + ".");
    }
    return value.valueStream().toList();
  }

  private String text(String name) {
    JsonNode value = body.path(name);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw invalid("\"" + name + "\" is a text.");
    }
    return value.asText();
  }

  private boolean truth(String name, boolean otherwise) {
    JsonNode value = body.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw invalid("\"" + name + "\" is true or false.");
    }
    return value.asBoolean();
  }

  private int numberOr(String name, int otherwise, int least, int most) {
    return body.has(name) ? number(name, least, most) : otherwise;
  }

  private int number(String name, int least, int most) {
    JsonNode value = body.path(name);
    if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
      throw invalid("\"" + name + "\" is a number from " + least + " to " + most + ".");
    }
    return value.asInt();
  }

  static Bytes hex(JsonNode body, String name) {
    try {
      return Bytes.ofHex(body.path(name).asText());
    } catch (IllegalArgumentException e) {
      throw invalid("\"" + name + "\" is hexadecimal.");
    }
  }

  static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID_BODY, detail);
  }
}
