package io.roadcast.recorder.clip;

/**
 * Figures of a {@link ClipDesk}.
 *
 * @param waiting clips that were wished for and are not cut
 * @param complete clips that cover what was wished for
 * @param partial clips of a part of it
 * @param missed wishes for a time of which there is nothing
 * @param failed clips that could not be written
 * @param pictures made of clips
 * @param lastLagMillis from the last clip's last second until it was ready
 */
public record ClipStatistics(
    int waiting,
    long complete,
    long partial,
    long missed,
    long failed,
    long pictures,
    long lastLagMillis) {}
