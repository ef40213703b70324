package io.roadcast.jtt.jt808;

/** Why a part of a sub-packaged message is not kept. */
public enum PartFault {
  /** Its index is 0 or above its total. */
  INDEX_OUTSIDE_TOTAL,
  /** The message has more parts than the limit. */
  TOO_MANY_PARTS,
  /** The message would be longer than the limit. */
  TOO_MANY_BYTES,
  /** The terminal has begun more messages than the limit without finishing them. */
  TOO_MANY_OPEN_MESSAGES,
  /** All open messages together would take more memory than the limit. */
  NO_ROOM,
  /** It is encrypted; answer "not supported". */
  ENCRYPTED_PART
}
