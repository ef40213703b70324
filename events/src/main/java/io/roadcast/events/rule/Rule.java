package io.roadcast.events.rule;

/**
 * One rule.
 *
 * @param name unlike that of any other of its set
 */
record Rule(String name, Match when, Consequence then) {}
