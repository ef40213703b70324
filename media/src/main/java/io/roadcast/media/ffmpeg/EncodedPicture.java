package io.roadcast.media.ffmpeg;

/**
 * One access unit as the encoder made it.
 *
 * @param annexB NAL units with start codes (ITU-T H.264 annex B); a keyframe begins with its
 *     parameter sets. The receiver owns the array
 * @param keyframe whether it is an IDR picture
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record EncodedPicture(byte[] annexB, boolean keyframe) {}
