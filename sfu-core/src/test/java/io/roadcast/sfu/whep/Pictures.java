package io.roadcast.sfu.whep;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.h264.H264Depacketizer;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.udp.TestCamera;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The numbers of the pictures that a stream brings, and its blocks of sound. */
final class Pictures implements BlockSink {
  final List<Integer> numbers = new CopyOnWriteArrayList<>();
  final List<Long> pictureMicros = new CopyOnWriteArrayList<>();
  final List<Long> soundMicros = new CopyOnWriteArrayList<>();
  final List<String> events = new CopyOnWriteArrayList<>();

  @Override
  public void begin(List<RtpBlock> groupOfPictures) {
    groupOfPictures.forEach(this::accept);
  }

  @Override
  public void accept(RtpBlock block) {
    if (block.codec().medium() == Medium.VIDEO) {
      numbers.add(number(block));
      pictureMicros.add(block.timeMicros());
    } else if (block.codec() == Codec.PCMA) {
      soundMicros.add(block.timeMicros());
    }
    block.release();
  }

  private static int number(RtpBlock block) {
    H264Depacketizer depacketizer = new H264Depacketizer();
    try {
      for (int i = 0; i < block.packetCount(); i++) {
        depacketizer.accept(
            ByteBuffer.wrap(
                block
                    .bytes()
                    .asSlice(block.payloadOffset(i), block.payloadLength(i))
                    .toArray(ValueLayout.JAVA_BYTE)));
      }
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
    ByteBuffer slice = depacketizer.take().nalUnits().getLast();
    byte[] nalUnit = new byte[slice.remaining()];
    slice.get(nalUnit);
    return TestCamera.number(nalUnit);
  }

  @Override
  public void interrupted() {
    events.add("interrupted");
  }

  @Override
  public void resumed() {
    events.add("resumed");
  }

  @Override
  public void ended(String reason) {
    events.add("ended");
  }
}
