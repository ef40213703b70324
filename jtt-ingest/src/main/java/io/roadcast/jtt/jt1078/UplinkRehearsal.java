package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.media.AudioFrame;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Feeds the way of a picture with pictures of our own, before the first terminal comes, into a
 * stream that nobody sees. A single camera sends too little for minutes to have this code compiled
 * well; until then each of its pictures would wait a millisecond or two for the interpreter.
 */
final class UplinkRehearsal {
  /** A baseline picture of 128x96 begins like this; what follows is never decoded. */
  private static final byte[] PARAMETER_SETS =
      HexFormat.of().parseHex("000000016742000af841a20000000168ce3880");

  private static final byte[] KEYFRAME_SLICE = HexFormat.of().parseHex("0000000165b8");
  private static final byte[] SLICE = HexFormat.of().parseHex("00000001419a");
  private static final int KEYFRAME_BYTES = 30_000;
  private static final int PICTURE_BYTES = 8_000;
  private static final int GROUP = 25;
  private static final int PICTURE_MILLIS = 40;
  private static final String TERMINAL = "1";

  private final Jt1078Config config;
  private final Publication publication;
  private final ByteBuf bytes = Unpooled.buffer();
  private final Jt1078PacketEncoder encoder;
  private final ByteBuffer keyframe = frame(KEYFRAME_BYTES, PARAMETER_SETS, KEYFRAME_SLICE);
  private final ByteBuffer picture = frame(PICTURE_BYTES, SLICE);
  private int published;

  private UplinkRehearsal(Jt1078Config config, Publication publication) {
    this.config = config;
    this.publication = publication;
    TerminalId terminal = TerminalId.ofDigits(TERMINAL, IdWidth.SIX);
    this.encoder = new Jt1078PacketEncoder(terminal);
  }

  /**
   * Takes a processor for most of a second. Any thread; ends early when that is interrupted.
   *
   * @return how many pictures arrived
   */
  static int run(Jt1078Config config, Router router, int pictures) {
    StreamId id = StreamId.ofTerminal(TERMINAL, 0, Quality.MAIN);
    Publication publication = router.publishPrivately(id, new Ourselves());
    try {
      return new UplinkRehearsal(config, publication).feed(pictures);
    } finally {
      publication.close("rehearsed");
    }
  }

  private int feed(int pictures) {
    UplinkCounters counters =
        new UplinkCounters(new IngestStatistics(), new LongAdder(), new UplinkTotals());
    TerminalChannel channel =
        new TerminalChannel(
            config.maxFrameBytes(),
            config.damagedPictures(),
            new SoundBuilder(null),
            counters,
            new Stage());
    SequenceTracker sequence = new SequenceTracker();
    Jt1078PacketDecoder decoder =
        new Jt1078PacketDecoder(config.maxBodyBytes(), config.maxGarbageBytes(), terminal -> true);
    long began = System.nanoTime();
    for (int i = 0; i < pictures && !Thread.currentThread().isInterrupted(); i++) {
      long millis = (long) i * PICTURE_MILLIS;
      write(i, millis);
      long arrival = began + TimeUnit.MILLISECONDS.toNanos(millis);
      for (Jt1078Packet packet = decoder.next(bytes);
          packet != null;
          packet = decoder.next(bytes)) {
        if (sequence.missingBefore(packet) == 0) {
          channel.add(packet, arrival);
        }
      }
      bytes.discardReadBytes();
    }
    channel.end();
    return published;
  }

  private void write(int number, long millis) {
    boolean first = number % GROUP == 0;
    encoder.encode(
        bytes,
        0,
        first ? PacketType.I_FRAME : PacketType.P_FRAME,
        PayloadTypes.H264,
        millis,
        first ? keyframe : picture);
  }

  private static ByteBuffer frame(int length, byte[]... beginnings) {
    byte[] all = new byte[length];
    Arrays.fill(all, (byte) 0x55);
    int at = 0;
    for (byte[] beginning : beginnings) {
      System.arraycopy(beginning, 0, all, at, beginning.length);
      at += beginning.length;
    }
    return ByteBuffer.wrap(all);
  }

  /** As {@link TerminalPublisher}, for a stream that is there from the beginning. */
  private final class Stage implements FrameSink {
    @Override
    public void video(VideoFrame frame) {
      try {
        publication.video(frame);
        published++;
      } catch (MalformedMediaException e) {
        throw new IllegalStateException("a rehearsed picture is not understood", e);
      }
    }

    @Override
    public void audio(AudioFrame frame) {
      throw new IllegalStateException("sound is not rehearsed");
    }
  }

  private static final class Ourselves implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("jtt1078", "rehearsal", "");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {}
  }
}
