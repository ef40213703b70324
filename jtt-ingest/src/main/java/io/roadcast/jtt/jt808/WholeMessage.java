package io.roadcast.jtt.jt808;

/**
 * A message joined from its parts.
 *
 * @param firstHeader of the part with index 1
 * @param body of all parts in order
 */
public record WholeMessage(Jt808Header firstHeader, Bytes body) {}
