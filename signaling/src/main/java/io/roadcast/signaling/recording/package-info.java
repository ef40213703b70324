/**
 * Recordings over HTTP: lists and timelines, a range as MP4 or HLS, links that expire, hold and
 * delete. Virtual threads; everything asks the gate, and what is watched or changed is audited.
 */
@NullMarked
package io.roadcast.signaling.recording;

import org.jspecify.annotations.NullMarked;
