package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt1078.FrameAssembler;
import io.roadcast.jtt.jt1078.Jt1078Packet;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.SoundBuilder;
import io.roadcast.jtt.jt1078.TerminalId;
import io.roadcast.jtt.jt1078.VideoCodecSniffer;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.nal.AnnexB;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the frames of one channel and passes their bytes on. */
final class InspectedStream {
  /** Takes the bytes of complete frames. */
  @FunctionalInterface
  interface FrameTarget {
    void frame(InspectedStream stream, Codec codec, FrameAssembler frame) throws IOException;
  }

  private final TerminalId terminal;
  private final int channel;
  private final FrameTarget target;
  private final FrameAssembler video = assembler();
  private final FrameAssembler audio = assembler();
  private final SoundBuilder sounds = new SoundBuilder(null);
  private final Map<PacketType, Long> frames = new EnumMap<>(PacketType.class);
  private @Nullable Codec videoCodec;
  private @Nullable Codec audioCodec;
  private long packets;
  private long gaps;
  private long lostPackets;

  InspectedStream(TerminalId terminal, int channel, FrameTarget target) {
    this.terminal = terminal;
    this.channel = channel;
    this.target = target;
  }

  private static FrameAssembler assembler() {
    return new FrameAssembler(FrameAssembler.DEFAULT_MAX_FRAME_BYTES, (type, beginning) -> {});
  }

  String name() {
    return terminal.digits() + "-" + channel;
  }

  boolean owns(Jt1078Packet packet) {
    return packet.channel() == channel && packet.from(terminal);
  }

  void missing(int count) {
    gaps++;
    lostPackets += Math.max(0, count);
  }

  void interrupt() {
    video.interrupt();
    audio.interrupt();
  }

  void add(Jt1078Packet packet) throws IOException {
    packets++;
    Medium medium = packet.type().medium();
    if (medium == Medium.VIDEO) {
      if (video.add(packet)) {
        finish(video, sniffVideo());
      }
    } else if (medium == Medium.AUDIO) {
      if (audio.add(packet)) {
        audioCodec =
            sounds.codec(audio.payloadType(), SoundBuilder.withoutHisiliconHeader(audio.frame()));
        finish(audio, audioCodec);
      }
    }
  }

  private Codec sniffVideo() {
    Codec announced =
        videoCodec != null ? videoCodec : PayloadTypes.videoCodec(video.payloadType());
    try {
      videoCodec = VideoCodecSniffer.sniff(AnnexB.split(video.frame()), announced);
    } catch (MalformedMediaException e) {
      videoCodec = announced;
    }
    return videoCodec;
  }

  private void finish(FrameAssembler frame, Codec codec) throws IOException {
    frames.merge(frame.type(), 1L, Long::sum);
    target.frame(this, codec, frame);
  }

  StreamSummary summary() {
    Codec shown = videoCodec != null ? videoCodec : audioCodec;
    return new StreamSummary(
        terminal.digits(),
        channel,
        terminal.width().bytes(),
        label(shown),
        label(audioCodec),
        packets,
        count(PacketType.I_FRAME),
        count(PacketType.P_FRAME),
        count(PacketType.B_FRAME),
        count(PacketType.AUDIO),
        video.incompleteFrames()
            + video.oversizedFrames()
            + audio.incompleteFrames()
            + audio.oversizedFrames(),
        gaps,
        lostPackets);
  }

  private long count(PacketType type) {
    return frames.getOrDefault(type, 0L);
  }

  static String label(@Nullable Codec codec) {
    return codec == null ? "" : codec.name().toLowerCase(Locale.ROOT);
  }
}
