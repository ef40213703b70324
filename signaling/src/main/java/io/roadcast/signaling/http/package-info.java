/**
 * The REST routes, problem bodies (RFC 9457), the rules for other origins, and the web client's
 * files. Every request runs on a virtual thread of its own; plain blocking code.
 */
@NullMarked
package io.roadcast.signaling.http;

import org.jspecify.annotations.NullMarked;
