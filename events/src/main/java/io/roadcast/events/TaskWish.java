package io.roadcast.events;

/**
 * Something that is to be done about an event.
 *
 * @param action label of an action
 * @param arguments a JSON object
 * @param rule that asks for it
 */
public record TaskWish(String action, String arguments, String rule) {}
