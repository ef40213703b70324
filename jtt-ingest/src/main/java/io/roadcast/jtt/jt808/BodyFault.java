package io.roadcast.jtt.jt808;

/** Why a message's body cannot be read. */
public enum BodyFault {
  /** It ends before its fields do. */
  TRUNCATED_BODY,
  /** Its lengths contradict each other. */
  CONTRADICTORY_LENGTHS,
  /** It is encrypted; answer "not supported". */
  ENCRYPTED_BODY
}
