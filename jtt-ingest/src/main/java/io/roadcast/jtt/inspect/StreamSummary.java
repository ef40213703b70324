package io.roadcast.jtt.inspect;

/**
 * One channel of one terminal in a recording.
 *
 * @param terminal the id's digits without leading zeros
 * @param idWidth 6 or 10 bytes
 * @param codec of the video, or of the sound where there is no video; lower case, such as "h264"
 * @param audioCodec of the sound, empty where there is none
 * @param keyframes complete frames that the terminal calls I
 * @param incomplete frames of which a part is missing
 * @param gaps places where sequence numbers are missing
 * @param lostPackets how many are missing there
 */
public record StreamSummary(
    String terminal,
    int channel,
    int idWidth,
    String codec,
    String audioCodec,
    long packets,
    long keyframes,
    long predicted,
    long bidirectional,
    long audio,
    long incomplete,
    long gaps,
    long lostPackets) {}
