package io.roadcast.jtt.jt808;

/** Why bytes of a connection are no frame. */
public enum FrameFault {
  /** Bytes before the first 0x7e. */
  BYTES_BEFORE_FRAME,
  /** More bytes than any frame can have, and no 0x7e among them. */
  OVERSIZED_FRAME,
  /** 0x7d followed by neither 0x01 nor 0x02. */
  BAD_ESCAPE,
  /** Fewer bytes than header and check code. */
  TRUNCATED_HEADER,
  /** The check code is not the exclusive or of the bytes before it. */
  CHECK_CODE_MISMATCH,
  /** The header announces another body length than there is. */
  BODY_LENGTH_MISMATCH,
  /** The input ends inside a frame. */
  UNFINISHED_FRAME
}
