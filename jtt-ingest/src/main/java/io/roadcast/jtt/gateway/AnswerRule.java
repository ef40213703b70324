package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.AttributeAnswer;
import io.roadcast.jtt.jt808.AttributeQuery;
import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.AudioVideoQuery;
import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationQuery;
import io.roadcast.jtt.jt808.MediaSearch;
import io.roadcast.jtt.jt808.MediaSearchAnswer;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterQuery;
import io.roadcast.jtt.jt808.ParameterSelection;
import io.roadcast.jtt.jt808.PlaybackRequest;
import io.roadcast.jtt.jt808.ResourceList;
import io.roadcast.jtt.jt808.ResourceQuery;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.jtt.jt808.TransparentDown;
import io.roadcast.jtt.jt808.TransparentUp;
import io.roadcast.jtt.jt808.VehicleControlAnswer;

/**
 * Which message answers a command (JT/T 808-2019 section 8, JT/T 1078-2016 section 5).
 *
 * @param special id of the answer, or of 0x0001 where there is no special one
 * @param generalSuffices a general answer with result 0 is enough
 */
record AnswerRule(int special, boolean generalSuffices) {
  private static final int VEHICLE_CONTROL = 0x8500;
  private static final AnswerRule GENERAL = new AnswerRule(TerminalAnswer.ID, true);

  static AnswerRule of(Jt808Message command) {
    return switch (command) {
      case ParameterQuery query -> awaited(ParameterAnswer.ID);
      case ParameterSelection query -> awaited(ParameterAnswer.ID);
      case AttributeQuery query -> awaited(AttributeAnswer.ID);
      case LocationQuery query -> awaited(LocationAnswer.ID);
      case CameraShot shot -> awaited(CameraShotAnswer.ID);
      case MediaSearch search -> awaited(MediaSearchAnswer.ID);
      case AudioVideoQuery query -> awaited(AudioVideoAttributes.ID);
      case ResourceQuery query -> awaited(ResourceList.ID);
      // Some terminals say only what was asked for, others that they were asked.
      case TransparentDown down -> new AnswerRule(TransparentUp.ID, true);
      // The standard says 0x1205, many terminals send 0x0001.
      case PlaybackRequest request -> new AnswerRule(ResourceList.ID, true);
      default -> command.id() == VEHICLE_CONTROL ? awaited(VehicleControlAnswer.ID) : GENERAL;
    };
  }

  private static AnswerRule awaited(int special) {
    return new AnswerRule(special, false);
  }

  /** Whether the special answer names no serial number, so that its id alone has to do. */
  boolean withoutSerial() {
    return special == AttributeAnswer.ID
        || special == AudioVideoAttributes.ID
        || special == TransparentUp.ID;
  }
}
