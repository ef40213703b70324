/**
 * The files of safety alarms (T/JSATL 12-2017 section 4.5, T/GDRTA 002-2020): terminals are told by
 * 0x9208 where to send them, connect, and send 0x1210, 0x1211, pieces of files, 0x1212. Covered:
 * TCP, both variants, files in pieces of any order, resumption on another connection, 0x9212 with
 * the missing ranges. Not covered: UDP.
 *
 * <p>Each connection belongs to a virtual thread that reads, writes files and answers; {@link
 * io.roadcast.jtt.attachment.AttachmentServer} is where it begins.
 */
@NullMarked
package io.roadcast.jtt.attachment;

import org.jspecify.annotations.NullMarked;
