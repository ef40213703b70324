package io.roadcast.sfu.transcode;

import java.time.Duration;

/**
 * @param children that run now
 * @param jobs that run now
 * @param started children since the start
 * @param died children that ended unasked, those that hung included
 * @param hung children that were killed because they did not answer
 * @param refusedJobs because there were as many as allowed
 * @param droppedFrames because a child was not there, too far behind, or left them out to catch up
 * @param damagedFrames that could not be decoded
 * @param blocks of sound, or pictures, that were made
 * @param cpu of all children that ran so far, as last looked at
 */
public record TranscodeStatistics(
    int children,
    int jobs,
    long started,
    long died,
    long hung,
    long refusedJobs,
    long droppedFrames,
    long damagedFrames,
    long blocks,
    Duration cpu) {}
