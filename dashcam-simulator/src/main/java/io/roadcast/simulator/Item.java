package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.PacketType;

/** Something to send on one connection; immutable and shared by all connections that send it. */
sealed interface Item {

  /** Whether a receiver can start with it. */
  boolean startsDecoding();

  /** Whether it is sound. */
  boolean isSound();

  /**
   * A frame that is yet to be cut into packets.
   *
   * @param payloadType as JT/T 1078-2016 table 12 numbers it
   * @param timestamp ms on the wire
   * @param bytes Annex B or coded sound, never written again
   */
  @SuppressWarnings("ArrayRecordComponent") // shared bytes, never compared
  record Frame(PacketType type, int payloadType, long timestamp, byte[] bytes) implements Item {
    @Override
    public boolean startsDecoding() {
      return type == PacketType.I_FRAME;
    }

    @Override
    public boolean isSound() {
      return type == PacketType.AUDIO;
    }
  }

  /** A packet of a file, in one of its rounds. */
  record Replay(CapturedPacket packet, int sequence, long timestamp) implements Item {
    @Override
    public boolean startsDecoding() {
      return packet.startsDecoding();
    }

    @Override
    public boolean isSound() {
      return packet.type() == PacketType.AUDIO;
    }
  }
}
