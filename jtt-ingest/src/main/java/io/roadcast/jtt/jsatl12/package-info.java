/**
 * T/JSATL 12-2017 (Jiangsu) active safety, and T/GDRTA 002-2020 (Guangdong) where it differs.
 * Covered: alarm items of location reports, status and description of peripherals, chunks of
 * attached files. The messages themselves are records of {@link io.roadcast.jtt.jt808}. Not
 * covered: the meaning of parameters 0xF364-0xF367, and of codes that provinces have added.
 *
 * <p>{@link io.roadcast.jtt.jsatl12.SafetyAlarm} and {@link
 * io.roadcast.jtt.jsatl12.PeripheralReport} read; {@link io.roadcast.jtt.jsatl12.AttachmentDecoder}
 * cuts the bytes of an attachment connection and belongs to one thread.
 */
@NullMarked
package io.roadcast.jtt.jsatl12;

import org.jspecify.annotations.NullMarked;
