/**
 * JT/T 808-2011, -2013 and -2019 messages, with those that JT/T 1078-2016 and T/JSATL 12 add to the
 * same link: framing, escape and check code, headers, message bodies, sub-packages. Covered: every
 * message that {@link io.roadcast.jtt.jt808.Jt808Message} lists; others are kept raw. Not covered:
 * encrypted bodies.
 *
 * <p>{@link io.roadcast.jtt.jt808.Jt808FrameDecoder} finds frames, {@link
 * io.roadcast.jtt.jt808.SubPackageAssembler} joins the parts of long messages, {@link
 * io.roadcast.jtt.jt808.Jt808Codec} turns bodies into records and back. The two that keep state
 * belong to one thread; everything else is immutable.
 */
@NullMarked
package io.roadcast.jtt.jt808;

import org.jspecify.annotations.NullMarked;
