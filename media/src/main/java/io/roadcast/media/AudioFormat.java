package io.roadcast.media;

/**
 * What is known of an audio track.
 *
 * @param sampleRate samples per second and channel
 */
public record AudioFormat(Codec codec, int sampleRate, int channels) {}
