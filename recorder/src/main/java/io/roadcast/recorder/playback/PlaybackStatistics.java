package io.roadcast.recorder.playback;

/**
 * @param active viewers that are shown recordings
 * @param begun since the start
 * @param refused for lack of room
 * @param seeks times that were gone to
 * @param failed playbacks that ended because a recording could not be read or shown
 */
public record PlaybackStatistics(int active, long begun, long refused, long seeks, long failed) {}
