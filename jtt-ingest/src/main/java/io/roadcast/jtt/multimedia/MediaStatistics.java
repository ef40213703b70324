package io.roadcast.jtt.multimedia;

/**
 * Figures of a {@link MediaStore}.
 *
 * @param kept files that were made durable since the start
 * @param failed files that were not kept
 * @param listed rows that were written since the start
 * @param repeated files that had been kept before
 * @param removed files that had to make room for newer ones
 * @param waiting files without their row at this moment
 * @param bytes of all files that have a row; 0 until that is known
 */
public record MediaStatistics(
    long kept, long failed, long listed, long repeated, long removed, int waiting, long bytes) {}
