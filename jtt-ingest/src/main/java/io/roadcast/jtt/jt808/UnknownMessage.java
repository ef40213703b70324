package io.roadcast.jtt.jt808;

/**
 * A message of an id that is not listed, kept as it came.
 *
 * @param id WORD
 */
public record UnknownMessage(int id, Bytes body) implements Jt808Message {}
