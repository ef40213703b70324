package io.roadcast.jtt.attachment;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import java.time.Instant;
import java.util.UUID;

/**
 * That a terminal was asked for the files of an alarm.
 *
 * @param number the alarm's number in 0x9208: 32 hexadecimal digits, which nobody can guess
 * @param event what the files belong to
 * @param terminal digits without leading zeros
 */
public record AttachmentRequest(
    String number, UUID event, String terminal, AlarmIdentifier alarm, Instant at) {}
