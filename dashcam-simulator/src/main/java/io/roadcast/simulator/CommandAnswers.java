package io.roadcast.simulator;

import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.AttributeAnswer;
import io.roadcast.jtt.jt808.AttributeQuery;
import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.AudioVideoQuery;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.jtt.jt808.LiveStatus;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationQuery;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterQuery;
import io.roadcast.jtt.jt808.ParameterSelection;
import io.roadcast.jtt.jt808.ParameterWrite;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.jtt.jt808.TerminalControl;
import io.roadcast.jtt.jt808.TextMessage;
import io.roadcast.jtt.jt808.TrackingControl;
import io.roadcast.jtt.jt808.TransparentDown;
import io.roadcast.jtt.jt808.TransparentUp;
import io.roadcast.media.Codec;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one terminal does and says when the platform asks for something. Used by one thread, its
 * terminal's.
 */
final class CommandAnswers {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int NOT_SUPPORTED = 3;

  private static final int G711_SAMPLE_BITS = 0;
  private static final int MILLIS_PER_FRAME = 40;
  private static final int ATTRIBUTES = 0b100_0101;

  /** Status of a peripheral: 5 bytes, normal, nothing wrong. */
  private static final String WORKING = "050100000000";

  /** Description of a peripheral: six texts, each behind its length. */
  private static final String MADE_BY_US =
      description("ROADCAST", "SIMULATOR", "1", "0.1", "1", "");

  private final TerminalParameters parameters;
  private final LiveSessions live;
  private final Photographer photographer;
  private final Supplier<LocationReport> position;
  private final Predicate<AttachmentUpload> files;
  private final String terminalId;
  private final int channels;
  private final @Nullable Codec sound;

  /**
   * @param files begins to bring the files of an alarm; false if there is no such alarm
   */
  CommandAnswers(
      TerminalParameters parameters,
      LiveSessions live,
      Photographer photographer,
      Supplier<LocationReport> position,
      Predicate<AttachmentUpload> files,
      String terminalId,
      int channels,
      @Nullable Codec sound) {
    this.parameters = parameters;
    this.live = live;
    this.photographer = photographer;
    this.position = position;
    this.files = files;
    this.terminalId = terminalId;
    this.channels = channels;
    this.sound = sound;
  }

  /** Does what is asked. The first of the messages is the answer; none where none is due. */
  List<Jt808Message> answer(Jt808Message asked, int serial, Behaviour behaviour) {
    if (behaviour.refused().contains(asked.id())) {
      return List.of(new TerminalAnswer(serial, asked.id(), FAILED));
    }
    return switch (asked) {
      case ParameterQuery all -> List.of(ParameterAnswer.of(serial, parameters.all()));
      case ParameterSelection some ->
          List.of(ParameterAnswer.of(serial, parameters.some(some.ids())));
      case ParameterWrite write -> {
        parameters.write(write.parameters());
        yield general(asked, serial, DONE);
      }
      case AttributeQuery attributes -> List.of(attributes());
      case LocationQuery location -> List.of(new LocationAnswer(serial, position.get()));
      case CameraShot shot -> photographer.shoot(shot, serial, position.get().location());
      case AudioVideoQuery formats -> List.of(formats());
      case LiveRequest request when request.channel() < 1 || request.channel() > channels ->
          general(asked, serial, FAILED);
      case LiveRequest request -> {
        live.open(request, behaviour.media());
        yield general(asked, serial, DONE);
      }
      case LiveControl control -> {
        live.control(control);
        yield general(asked, serial, DONE);
      }
      case TerminalControl control -> general(asked, serial, DONE);
      case AttachmentUpload upload -> general(asked, serial, files.test(upload) ? DONE : FAILED);
      case TextMessage text -> general(asked, serial, DONE);
      case TrackingControl tracking -> general(asked, serial, DONE);
      case TransparentDown down -> peripherals(down, serial);
      case LiveStatus status -> List.of();
      default -> general(asked, serial, NOT_SUPPORTED);
    };
  }

  private static List<Jt808Message> general(Jt808Message asked, int serial, int result) {
    return List.of(new TerminalAnswer(serial, asked.id(), result));
  }

  private static String description(String... texts) {
    StringBuilder hex = new StringBuilder();
    int length = 0;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      hex.append("%02x".formatted(bytes.length)).append(HexFormat.of().formatHex(bytes));
      length += 1 + bytes.length;
    }
    return "%02x".formatted(length) + hex;
  }

  /** The safety cameras that the platform asks for; the answer says all. */
  private static List<Jt808Message> peripherals(TransparentDown asked, int serial) {
    List<Integer> ids = PeripheralReport.asked(asked).orElse(List.of());
    if (ids.isEmpty()) {
      return general(asked, serial, NOT_SUPPORTED);
    }
    StringBuilder content = new StringBuilder("%02x".formatted(ids.size()));
    for (int id : ids) {
      content.append("%02x".formatted(id));
      content.append(asked.type() == PeripheralReport.STATUS ? WORKING : MADE_BY_US);
    }
    return List.of(new TransparentUp(asked.type(), Bytes.ofHex(content.toString())));
  }

  private AttributeAnswer attributes() {
    return new AttributeAnswer(
        ATTRIBUTES,
        GbkText.of("RCAST"),
        GbkText.of("SIMULATOR"),
        GbkText.of(terminalId),
        Bytes.ofHex("89860012345678901234"),
        GbkText.of("none"),
        GbkText.of("0.1"),
        0b11,
        0b10_0000);
  }

  private AudioVideoAttributes formats() {
    return new AudioVideoAttributes(
        PayloadTypes.of(sound == null ? Codec.PCMA : sound),
        sound == null ? 0 : 1,
        0,
        G711_SAMPLE_BITS,
        MILLIS_PER_FRAME * 8,
        0,
        PayloadTypes.H264,
        sound == null ? 0 : channels,
        channels);
  }
}
