/**
 * Configuration: {@code reference.yaml} holds every key with its default, a file and the
 * environment lay their values over it, and the result is bound to the records below {@link
 * io.roadcast.server.config.ServerConfig}. A key is the kebab case of its record component.
 */
@NullMarked
package io.roadcast.server.config;

import org.jspecify.annotations.NullMarked;
