/** Credentials, limits per address, and the audit log: who is asking, and how often. */
@NullMarked
package io.roadcast.signaling.auth;

import org.jspecify.annotations.NullMarked;
