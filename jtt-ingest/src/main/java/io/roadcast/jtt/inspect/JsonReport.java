package io.roadcast.jtt.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.roadcast.jtt.jt1078.Jt1078Packet;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.media.Codec;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.util.List;

/** Findings as JSON: one line per packet and, last, the summary. */
public final class JsonReport implements Jt1078Report {
  private final JsonGenerator json;

  /**
   * @param out flushed at the summary; stays open
   */
  public JsonReport(Writer out) throws IOException {
    json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void packet(Jt1078Packet packet, long offset, long skipped) throws IOException {
    PacketType type = packet.type();
    json.writeStartObject();
    json.writeNumberField("offset", offset);
    json.writeNumberField("sequence", packet.sequence());
    json.writeStringField("terminal", packet.terminal().digits());
    json.writeNumberField("id_width", packet.width().bytes());
    json.writeNumberField("channel", packet.channel());
    json.writeStringField("type", type.label());
    json.writeStringField("sub", packet.subPacket().label());
    json.writeNumberField("pt", packet.payloadType());
    if (type != PacketType.TRANSPARENT) {
      json.writeStringField("codec", codec(packet));
    }
    json.writeBooleanField("marker", packet.marker());
    if (type != PacketType.TRANSPARENT) {
      json.writeNumberField("timestamp", new BigInteger(Long.toUnsignedString(packet.timestamp())));
    }
    if (type.video()) {
      json.writeNumberField("keyframe_interval", packet.keyframeInterval());
      json.writeNumberField("frame_interval", packet.frameInterval());
    }
    json.writeNumberField("length", packet.bodyLength());
    json.writeNumberField("skipped", skipped);
    json.writeEndObject();
  }

  private static String codec(Jt1078Packet packet) {
    int payloadType = packet.payloadType();
    Codec codec =
        packet.type().video()
            ? PayloadTypes.videoCodec(payloadType)
            : PayloadTypes.audioCodec(payloadType);
    return InspectedStream.label(codec);
  }

  @Override
  public void summary(long packets, long skipped, List<StreamSummary> streams) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("summary");
    json.writeNumberField("packets", packets);
    json.writeNumberField("skipped", skipped);
    json.writeArrayFieldStart("streams");
    for (StreamSummary stream : streams) {
      write(stream);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  private void write(StreamSummary stream) throws IOException {
    json.writeStartObject();
    json.writeStringField("terminal", stream.terminal());
    json.writeNumberField("channel", stream.channel());
    json.writeNumberField("id_width", stream.idWidth());
    json.writeStringField("codec", stream.codec());
    if (!stream.audioCodec().isEmpty()) {
      json.writeStringField("audio_codec", stream.audioCodec());
    }
    json.writeNumberField("packets", stream.packets());
    json.writeObjectFieldStart("frames");
    json.writeNumberField("I", stream.keyframes());
    json.writeNumberField("P", stream.predicted());
    json.writeNumberField("B", stream.bidirectional());
    json.writeNumberField("audio", stream.audio());
    json.writeEndObject();
    json.writeNumberField("incomplete", stream.incomplete());
    json.writeNumberField("gaps", stream.gaps());
    json.writeNumberField("lost_packets", stream.lostPackets());
    json.writeEndObject();
  }
}
