package io.roadcast.simulator.alarm;

/**
 * A file of an alarm.
 *
 * @param type 0 picture, 1 sound, 2 video, 4 other; of T/GDRTA 002-2020 4 a face, 5 other
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record AlarmFile(String name, int type, byte[] bytes) {}
