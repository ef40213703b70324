package io.roadcast.bench.fanout;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.rtp.RtpBlockWriter;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Publishes pictures that are cut into exactly so many packets of the longest payload. */
final class FrameSource implements Publisher {
  private static final int FRAME_MICROS = 40_000;
  private static final int KEYFRAME_EVERY = 50;
  private static final int FRAGMENT_HEADER_BYTES = 2;
  private static final ByteBuffer SPS =
      ByteBuffer.wrap(HexFormat.of().parseHex("6742c01eda0280bfe540"));
  private static final ByteBuffer PPS = ByteBuffer.wrap(HexFormat.of().parseHex("68ce3c80"));

  private long frames;
  private ByteBuffer keyframe = ByteBuffer.allocate(0);
  private ByteBuffer picture = ByteBuffer.allocate(0);

  /** From the next frame on; a keyframe has one small packet more, for its parameter sets. */
  void packetsPerFrame(int packets) {
    int fragment = RtpBlockWriter.MAX_PAYLOAD_BYTES - FRAGMENT_HEADER_BYTES;
    int bytes = packets == 1 ? RtpBlockWriter.MAX_PAYLOAD_BYTES : packets * fragment + 1;
    keyframe = slice(bytes, (byte) 0x65, (byte) 0x88);
    picture = slice(bytes, (byte) 0x41, (byte) 0x9a);
  }

  void publishNext(Publication publication) {
    boolean key = frames % KEYFRAME_EVERY == 0;
    List<ByteBuffer> units = key ? List.of(SPS, PPS, keyframe) : List.of(picture);
    try {
      publication.video(
          new VideoFrame(Codec.H264, units, key, frames++ * FRAME_MICROS, System.nanoTime()));
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("our own picture", e);
    }
  }

  private static ByteBuffer slice(int bytes, byte type, byte firstByte) {
    byte[] slice = new byte[bytes];
    Arrays.fill(slice, (byte) 0x55);
    slice[0] = type;
    slice[1] = firstByte;
    return ByteBuffer.wrap(slice);
  }

  @Override
  public SourceInfo source() {
    return new SourceInfo("bench", "memory", "");
  }

  @Override
  public UplinkStatistics uplink() {
    return UplinkStatistics.NONE;
  }

  @Override
  public void superseded() {}
}
