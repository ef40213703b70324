package io.roadcast.recorder.record;

/**
 * What the recorder does, and did since its start.
 *
 * @param open segments that are being written
 * @param queuedBytes what waits for the disk
 * @param frames pictures written
 * @param droppedFrames pictures left out because the disk was slow or away
 * @param damagedFrames pictures whose packets made no access unit
 * @param segments that were begun
 * @param failures writing that failed
 * @param soundJumps jumps of sound's time after which it was begun anew
 */
public record RecorderStatistics(
    int streams,
    int open,
    long queuedBytes,
    long frames,
    long bytes,
    long droppedFrames,
    long damagedFrames,
    long segments,
    long failures,
    long soundJumps) {}
