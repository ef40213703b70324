package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt808.PanTilt;
import io.roadcast.jtt.jt808.PtzFocus;
import io.roadcast.jtt.jt808.PtzInfraredLight;
import io.roadcast.jtt.jt808.PtzIris;
import io.roadcast.jtt.jt808.PtzWiper;
import io.roadcast.jtt.jt808.PtzZoom;

/** The JSON form of messages that move a camera. */
final class PtzJson {
  private PtzJson() {}

  static void write(PanTilt m, JsonFields out) {
    out.number("channel", m.channel())
        .number("direction", m.direction())
        .number("speed", m.speed());
  }

  static void write(PtzFocus m, JsonFields out) {
    out.number("channel", m.channel()).number("focus", m.direction());
  }

  static void write(PtzIris m, JsonFields out) {
    out.number("channel", m.channel()).number("iris", m.direction());
  }

  static void write(PtzWiper m, JsonFields out) {
    out.number("channel", m.channel()).number("wiper", m.on());
  }

  static void write(PtzInfraredLight m, JsonFields out) {
    out.number("channel", m.channel()).number("ir_light", m.on());
  }

  static void write(PtzZoom m, JsonFields out) {
    out.number("channel", m.channel()).number("zoom", m.direction());
  }
}
