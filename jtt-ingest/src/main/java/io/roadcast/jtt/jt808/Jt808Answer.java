package io.roadcast.jtt.jt808;

/** A message by which a terminal answers one of the platform's, and names it by its serial. */
public sealed interface Jt808Answer extends Jt808Message
    permits CameraShotAnswer,
        LocationAnswer,
        MediaSearchAnswer,
        ParameterAnswer,
        ResourceList,
        TerminalAnswer,
        VehicleControlAnswer {
  /** Serial number of the message that is answered. */
  int replySerial();
}
