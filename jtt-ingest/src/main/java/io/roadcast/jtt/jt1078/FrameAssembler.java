package io.roadcast.jtt.jt1078;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Joins the packets of one track of one channel to frames: by the sub-packet nibble, never by the
 * marker; a new timestamp or a new first packet ends a frame whose last packet did not come. A
 * frame with a missing part is dropped and counted. Bounded. Used by one thread.
 */
public final class FrameAssembler {
  public static final int DEFAULT_MAX_FRAME_BYTES = 2 * 1024 * 1024;

  private static final int INITIAL_BYTES = 8 * 1024;

  private final int maxFrameBytes;
  private final DropListener listener;
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;
  private State state = State.IDLE;
  private PacketType type = PacketType.P_FRAME;
  private int payloadType;
  private long timestamp;
  private int frameInterval;
  private long incompleteFrames;
  private long oversizedFrames;

  /**
   * @param maxFrameBytes longer frames are dropped
   */
  public FrameAssembler(int maxFrameBytes, DropListener listener) {
    this.maxFrameBytes = maxFrameBytes;
    this.listener = listener;
  }

  private enum State {
    /** Between two frames. */
    IDLE,
    /** Parts of a frame are there. */
    OPEN,
    /** The rest of a dropped frame is passed over. */
    DROPPING
  }

  /** Is told of frames that are dropped. */
  @FunctionalInterface
  public interface DropListener {
    /**
     * A frame was dropped because a part of it is missing or it is too long.
     *
     * @param type of its first packet, or of the first that came
     * @param beginning as much of its beginning as came, maybe nothing; borrowed for the call
     */
    void dropped(PacketType type, ByteBuffer beginning);
  }

  /**
   * Copies the packet's body; empty packets are ignored.
   *
   * @return whether a frame is now complete; read it before the next packet is added
   */
  public boolean add(Jt1078Packet packet) {
    if (packet.bodyLength() == 0) {
      return false;
    }
    switch (packet.subPacket()) {
      case ATOMIC, FIRST -> beginFrame(packet);
      case MIDDLE, LAST -> continueFrame(packet);
    }
    if (state == State.OPEN && !append(packet)) {
      oversizedFrames++;
      drop();
    }
    boolean last = packet.subPacket() == SubPacket.ATOMIC || packet.subPacket() == SubPacket.LAST;
    boolean complete = last && state == State.OPEN;
    if (last) {
      state = State.IDLE;
    }
    return complete;
  }

  /** Drops what is unfinished, because packets are missing here or no more will come. */
  public void interrupt() {
    if (state == State.OPEN) {
      incompleteFrames++;
      drop();
    }
  }

  private void drop() {
    state = State.DROPPING;
    listener.dropped(type, frame());
  }

  private void beginFrame(Jt1078Packet packet) {
    interrupt();
    describe(packet);
    state = State.OPEN;
  }

  private void continueFrame(Jt1078Packet packet) {
    boolean sameFrame = packet.timestamp() == timestamp;
    if (state == State.IDLE || !sameFrame) {
      interrupt();
      describe(packet);
      incompleteFrames++;
      drop();
    }
  }

  private void describe(Jt1078Packet packet) {
    length = 0;
    type = packet.type();
    payloadType = packet.payloadType();
    timestamp = packet.timestamp();
    frameInterval = packet.frameInterval();
  }

  private boolean append(Jt1078Packet packet) {
    int added = packet.bodyLength();
    int needed = length + added;
    if (needed > maxFrameBytes) {
      return false;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(maxFrameBytes, Math.max(needed, bytes.length * 2)));
    }
    packet.buffer().getBytes(packet.bodyOffset(), bytes, length, added);
    length = needed;
    return true;
  }

  /** The complete frame's bytes; borrowed until the next packet is added. */
  public ByteBuffer frame() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** Type of the frame's first packet. */
  public PacketType type() {
    return type;
  }

  public int payloadType() {
    return payloadType;
  }

  /** The terminal's time in ms. */
  public long timestamp() {
    return timestamp;
  }

  /** Ms to the frame before as the terminal counts it, modulo 65536; 0 for sound. */
  public int frameInterval() {
    return frameInterval;
  }

  /** Whether a frame has begun and not ended. */
  public boolean open() {
    return state == State.OPEN;
  }

  /** Frames dropped because a part is missing. */
  public long incompleteFrames() {
    return incompleteFrames;
  }

  /** Frames dropped because they are longer than the limit. */
  public long oversizedFrames() {
    return oversizedFrames;
  }
}
