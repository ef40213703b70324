/**
 * What is done about events: files are asked for, clips are cut, drivers are told. Others do it;
 * here stands what they are asked, and that it is asked until it is done.
 */
@NullMarked
package io.roadcast.events.action;

import org.jspecify.annotations.NullMarked;
