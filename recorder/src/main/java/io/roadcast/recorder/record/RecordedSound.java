package io.roadcast.recorder.record;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a stream's sound can be recorded: where it is not G.711 it is made into that by
 * the transcoding that all share, and the recording takes what comes of it. Any thread.
 */
final class RecordedSound implements AutoCloseable {
  private static final Codec WANTED = Codec.PCMA;

  private final Stream stream;
  private final Renditions renditions;
  private final RecordingConsumer consumer;

  // With this monitor held.
  private Renditions.@Nullable Lease lease;
  private boolean closed;

  RecordedSound(Stream stream, Renditions renditions, RecordingConsumer consumer) {
    this.stream = stream;
    this.renditions = renditions;
    this.consumer = consumer;
  }

  /** Looks what the source sends now. */
  synchronized void refresh() {
    AudioFormat sound = stream.audio();
    Codec codec = sound == null ? null : sound.codec();
    boolean direct = codec == Codec.PCMA || codec == Codec.PCMU;
    if (closed || codec == null || direct) {
      end();
    } else if (lease == null && renditions.converts(codec)) {
      consumer.takeRendition(WANTED);
      lease = renditions.take(stream, WANTED);
    }
  }

  private void end() {
    consumer.takeRendition(null);
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }
}
