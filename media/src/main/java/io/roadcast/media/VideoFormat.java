package io.roadcast.media;

/**
 * What is known of a video track from its parameter sets.
 *
 * @param profile the profile's name as the standard writes it, such as "Main"
 * @param profileLevelId H.264: profile_idc, constraint flags and level_idc as six hex digits (RFC
 *     6184 section 8.1); H.265: the general profile idc and level idc as "1-93"
 * @param level such as "2.0"
 * @param width luma samples after cropping
 * @param height luma samples after cropping
 * @param reordered whether pictures are decoded in another order than shown (B frames), which
 *     WebRTC receivers do not undo for H.264
 */
public record VideoFormat(
    Codec codec,
    String profile,
    String profileLevelId,
    String level,
    int width,
    int height,
    boolean reordered) {}
