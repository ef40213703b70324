package io.roadcast.jtt.jt808;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a decoder found. */
final class RecordingListener implements Jt808FrameListener {
  private final List<Jt808Frame> frames = new ArrayList<>();
  private final List<FrameFault> faults = new ArrayList<>();

  @Override
  public void frame(Jt808Frame frame) {
    frames.add(frame);
  }

  @Override
  public void fault(FrameFault fault, int bytes) {
    faults.add(fault);
  }

  List<Jt808Frame> frames() {
    return frames;
  }

  List<FrameFault> faults() {
    return faults;
  }

  /** All that is found in bytes that come at once and are the whole input. */
  static RecordingListener of(Bytes wire) {
    RecordingListener listener = new RecordingListener();
    Jt808FrameDecoder decoder = new Jt808FrameDecoder();
    decoder.read(Unpooled.wrappedBuffer(wire.toArray()), listener);
    decoder.end(listener);
    return listener;
  }
}
