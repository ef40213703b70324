package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Brings what somebody says in a browser into what a camera plays, once for all cameras that want
 * the same. What comes back is the body of a JT/T 1078 packet.
 */
public final class CameraTalk {
  private final Transcoders transcoders;

  /** Takes the blocks for the camera, on a child's reading thread; must not wait. */
  @FunctionalInterface
  public interface Output {
    /**
     * @param timeMicros of the block's beginning, on the timeline of the packets
     * @param body with the header that the camera wants; the receiver's
     */
    void block(long timeMicros, ByteBuffer body);
  }

  /** What somebody says; closed when that is over. Any thread, one at a time. */
  public interface Talker extends AutoCloseable {
    /**
     * Takes a packet. It is dropped, and counted, if no child is there: one that must be started
     * takes about a second.
     *
     * @param timeMicros the packet's RTP time
     * @param payload borrowed
     */
    void say(long timeMicros, ByteBuffer payload);

    /** Nothing comes back any more, what is under way excepted. Closing again does nothing. */
    @Override
    void close();
  }

  public CameraTalk(Transcoders transcoders) {
    this.transcoders = transcoders;
  }

  /**
   * Begins; empty if as many jobs run as are allowed.
   *
   * @param codec OPUS, PCMA or PCMU
   * @throws IllegalArgumentException if it is another
   */
  public Optional<Talker> begin(Codec codec, CameraSound camera, Output out) {
    if (codec != Codec.OPUS && codec != Codec.PCMA && codec != Codec.PCMU) {
      throw new IllegalArgumentException("no browser says anything in " + codec);
    }
    return transcoders.open(new TalkJob(codec, camera), out::block).map(CameraTalk::talker);
  }

  private static Talker talker(Transcoders.Job job) {
    return new Talker() {
      @Override
      public void say(long timeMicros, ByteBuffer payload) {
        byte[] media = new byte[Long.BYTES + payload.remaining()];
        ByteBuffer.wrap(media).putLong(timeMicros).put(payload.duplicate());
        job.send(media);
      }

      @Override
      public void close() {
        job.close();
      }
    };
  }
}
