/** What a person sees: the page and the player in a real, headless Chromium. */
@NullMarked
package io.roadcast.e2e.browser;

import org.jspecify.annotations.NullMarked;
