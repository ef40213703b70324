package io.roadcast.sfu.router;

import io.roadcast.media.rtp.RtpBlockPool;

/** What every publication of a router works with. */
record PublicationParts(RtpBlockPool pool, Router router) {}
