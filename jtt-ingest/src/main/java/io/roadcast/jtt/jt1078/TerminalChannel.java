package io.roadcast.jtt.jt1078;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One logical channel of one terminal on one connection: packets in, frames out. Video and sound
 * are joined apart from each other and share one repaired timeline. Used by the connection's
 * thread.
 */
final class TerminalChannel {
  private final FrameAssembler video;
  private final FrameAssembler audio;
  private final PictureBuilder pictures = new PictureBuilder();
  private final SoundBuilder sounds;
  private final ReferenceChain chain;
  private final CameraClock clock = new CameraClock();
  private final TimestampRepair time = new TimestampRepair();
  private final UplinkCounters counters;
  private final FrameSink sink;

  TerminalChannel(
      int maxFrameBytes,
      DamagedPictures damaged,
      SoundBuilder sounds,
      UplinkCounters counters,
      FrameSink sink) {
    this.chain = new ReferenceChain(damaged);
    this.sounds = sounds;
    this.video = new FrameAssembler(maxFrameBytes, this::pictureDropped);
    this.audio = new FrameAssembler(maxFrameBytes, (type, beginning) -> counters.frameDamaged());
    this.counters = counters;
    this.sink = sink;
  }

  /**
   * Takes a packet of this channel.
   *
   * @param arrivalNanos {@link System#nanoTime()} when the packet's last byte came in
   */
  void add(Jt1078Packet packet, long arrivalNanos) {
    switch (packet.type()) {
      case I_FRAME, P_FRAME, B_FRAME -> {
        if (video.add(packet)) {
          finishPicture(arrivalNanos);
        }
      }
      case AUDIO -> {
        if (audio.add(packet)) {
          finishSound(arrivalNanos);
        }
      }
      case TRANSPARENT -> {}
    }
  }

  /** Packets of the connection are missing here, maybe some of this channel. */
  void packetsMissing() {
    video.interrupt();
    audio.interrupt();
    chain.packetsMissing();
  }

  /** No more packets will come. */
  void end() {
    video.interrupt();
    audio.interrupt();
  }

  private void finishPicture(long arrivalNanos) {
    Codec announced = PayloadTypes.videoCodec(video.payloadType());
    try {
      if (!pictures.add(video.frame(), announced)) {
        return;
      }
    } catch (MalformedMediaException e) {
      counters.frameDamaged();
      chain.broken();
      return;
    }
    long repairs = time.repairs();
    long micros = time.videoMicros(video.timestamp(), arrivalNanos);
    counters.timestampsRepaired(time.repairs() - repairs);
    boolean keyframe =
        pictures.codec() == Codec.OTHER_VIDEO
            ? video.type() == PacketType.I_FRAME
            : pictures.keyframe();
    if (!chain.admits(keyframe, video.timestamp(), video.frameInterval())) {
      counters.frameDamaged();
      return;
    }
    long elapsedMillis = (System.nanoTime() - arrivalNanos) / 1_000_000;
    clock.picture(video.timestamp(), System.currentTimeMillis() - elapsedMillis);
    counters.captureDelayMillis = clock.delayMillis();
    counters.captureOffsetMicros = clock.epochOffsetMicros(video.timestamp(), micros);
    List<ByteBuffer> units = pictures.nalUnits();
    sink.video(new VideoFrame(pictures.codec(), units, keyframe, micros, arrivalNanos));
  }

  private void finishSound(long arrivalNanos) {
    ByteBuffer samples = SoundBuilder.withoutHisiliconHeader(audio.frame());
    Codec codec = sounds.codec(audio.payloadType(), samples);
    long repairs = time.repairs();
    long micros = time.audioMicros(audio.timestamp(), arrivalNanos);
    counters.timestampsRepaired(time.repairs() - repairs);
    sink.audio(new AudioFrame(codec, samples, micros, arrivalNanos));
  }

  private void pictureDropped(PacketType type, ByteBuffer beginning) {
    counters.frameDamaged();
    boolean disposable =
        beginning.hasRemaining() ? pictures.disposable(beginning) : type == PacketType.B_FRAME;
    if (!disposable) {
      chain.broken();
    }
  }
}
