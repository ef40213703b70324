package io.roadcast.sfu.whep;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.video.AccessUnitReader;
import io.roadcast.sfu.router.BlockSink;
import io.roadcast.sfu.udp.TestCamera;
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
    ByteBuffer slice;
    try {
      slice = new AccessUnitReader().read(block).getLast();
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
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
