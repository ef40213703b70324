/**
 * Rules: what is to be done about which events, as YAML or JSON. {@link
 * io.roadcast.events.rule.RuleSet} judges, {@link io.roadcast.events.rule.RuleBook} keeps the sets
 * in step with file and table.
 */
@NullMarked
package io.roadcast.events.rule;

import org.jspecify.annotations.NullMarked;
