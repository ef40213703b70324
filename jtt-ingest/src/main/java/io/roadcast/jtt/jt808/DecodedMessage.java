package io.roadcast.jtt.jt808;

/**
 * A message that was read.
 *
 * @param layout the edition whose layout the body has, which may be older than its header
 * @param rest bytes after the last field that the layout knows, mostly none
 */
public record DecodedMessage(Jt808Message message, ProtocolVersion layout, Bytes rest) {}
