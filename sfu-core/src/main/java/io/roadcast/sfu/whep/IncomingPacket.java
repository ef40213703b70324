package io.roadcast.sfu.whep;

import java.nio.ByteBuffer;

/**
 * One RTP packet, decrypted.
 *
 * @param number its sequence number, not wrapping
 * @param payload its own
 * @param receivedNanos {@link System#nanoTime()} when it came
 */
record IncomingPacket(
    long number, int timestamp, boolean marker, ByteBuffer payload, long receivedNanos) {}
