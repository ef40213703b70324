/**
 * The files of safety events over HTTP: pictures, videos and logs of terminals, clips, manifests.
 */
@NullMarked
package io.roadcast.signaling.evidence;

import org.jspecify.annotations.NullMarked;
