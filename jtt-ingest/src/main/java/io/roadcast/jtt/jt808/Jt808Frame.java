package io.roadcast.jtt.jt808;

/**
 * One frame whose check code and lengths are right.
 *
 * @param body unescaped; of a sub-packaged message only this part
 * @param checkCode exclusive or of header and body
 */
public record Jt808Frame(Jt808Header header, Bytes body, int checkCode) {}
