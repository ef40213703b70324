package io.roadcast.bench.janus;

import io.roadcast.bench.feed.Picture;
import io.roadcast.bench.feed.PictureSink;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.h264.H264Packetizer;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Sends pictures as RTP, cut exactly as the server cuts what a terminal sends: both forward packets
 * of the same payloads.
 */
final class RtpFeed implements PictureSink {
  private static final int HEADER_BYTES = 12;
  private static final int SSRC = 0x1234_5678;
  private static final int TICKS_PER_MILLI = 90;

  private final DatagramSocket socket = new DatagramSocket();
  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final RtpBlockWriter writer = new RtpBlockWriter(pool);
  private final H264Packetizer packetizer = new H264Packetizer();
  private final InetSocketAddress target;
  private final int payloadType;
  private int sequence;

  RtpFeed(InetSocketAddress target, int payloadType) throws IOException {
    this.target = target;
    this.payloadType = payloadType;
  }

  @Override
  public void picture(Picture picture) throws IOException {
    RtpBlock block;
    try {
      packetizer.write(picture.buffers(), writer);
      block = writer.finish(Codec.H264, picture.keyframe(), picture.millis() * 1000, 0);
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("our own picture", e);
    }
    int packets = block.packetCount();
    for (int i = 0; i < packets; i++) {
      byte[] packet = new byte[HEADER_BYTES + block.payloadLength(i)];
      ByteBuffer.wrap(packet)
          .put((byte) 0x80)
          .put((byte) (i == packets - 1 ? 0x80 | payloadType : payloadType))
          .putShort((short) sequence++)
          .putInt((int) picture.millis() * TICKS_PER_MILLI)
          .putInt(SSRC);
      MemorySegment.copy(
          block.bytes(),
          ValueLayout.JAVA_BYTE,
          block.payloadOffset(i),
          packet,
          HEADER_BYTES,
          block.payloadLength(i));
      socket.send(new DatagramPacket(packet, packet.length, target));
    }
    block.release();
  }

  @Override
  public void close() {
    socket.close();
    pool.close();
  }
}
