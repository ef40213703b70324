package io.roadcast.jtt.attachment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.ffmpeg.FfmpegException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What browsers show of a file, beside it: MP4 of raw H.264, JSON of a vehicle's log. */
final class ShownForm {
  private static final Logger LOG = LoggerFactory.getLogger(ShownForm.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_SAMPLES = 20_000;
  private static final long MOST_BYTES = 256L << 20;

  private ShownForm() {}

  /** The same file with its shown form; without one if it needs none or can not have one. */
  static Attachment make(Attachment file, AttachmentFiles disk) throws IOException {
    if (file.bytes() > MOST_BYTES) {
      return file;
    }
    Path source = disk.file(file.place());
    return switch (file.kind()) {
      case H264 -> {
        String place = file.place() + ".mp4";
        try {
          put(disk.file(place), RawVideo.toMp4(Files.readAllBytes(source)));
          yield file.shownAs(place);
        } catch (MalformedMediaException | FfmpegException unreadable) {
          LOG.info("[attachments] {} can not be played: {}", file.id(), unreadable.getMessage());
          yield file;
        }
      }
      case VEHICLE_LOG -> {
        String place = file.place() + ".json";
        put(disk.file(place), json(VehicleLog.read(Files.readAllBytes(source), MOST_SAMPLES)));
        yield file.shownAs(place);
      }
      case JPEG, PNG, WAV, MP4, OTHER -> file;
    };
  }

  private static void put(Path target, byte[] bytes) throws IOException {
    Path draft = target.resolveSibling(target.getFileName() + ".draft");
    Files.write(draft, bytes);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] json(VehicleLog log) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("damaged", log.damaged());
      out.writeArrayFieldStart("samples");
      for (VehicleLog.Sample sample : log.samples()) {
        sample(out, sample);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void sample(JsonGenerator out, VehicleLog.Sample sample) throws IOException {
    out.writeStartObject();
    out.writeStringField("time", sample.time().toString());
    out.writeNumberField("latitude", sample.latitudeMicros() / 1e6);
    out.writeNumberField("longitude", sample.longitudeMicros() / 1e6);
    out.writeNumberField("altitude_m", sample.altitude());
    out.writeNumberField("speed_kmh", sample.speed() / 10.0);
    out.writeNumberField("direction", sample.direction());
    numbers(out, "acceleration_g", sample.accelerations());
    numbers(out, "rotation_dps", sample.rates());
    out.writeNumberField("pulse_speed_kmh", sample.pulseSpeed() / 10.0);
    out.writeNumberField("obd_speed_kmh", sample.obdSpeed() / 10.0);
    out.writeNumberField("gear", sample.gear());
    out.writeNumberField("throttle_percent", sample.throttle());
    out.writeNumberField("brake_pedal_percent", sample.brakePedal());
    out.writeNumberField("brake", sample.brake());
    out.writeNumberField("engine_rpm", sample.engineSpeed());
    out.writeNumberField("steering_deg", sample.steeringAngle());
    out.writeNumberField("turn_light", sample.turnLight());
    out.writeEndObject();
  }

  /** In hundredths on the wire. */
  private static void numbers(JsonGenerator out, String name, List<Integer> hundredths)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (int value : hundredths) {
      out.writeNumber(value / 100.0);
    }
    out.writeEndArray();
  }
}
