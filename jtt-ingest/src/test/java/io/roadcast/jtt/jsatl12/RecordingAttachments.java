package io.roadcast.jtt.jsatl12;

import io.roadcast.jtt.jt808.FrameFault;
import io.roadcast.jtt.jt808.Jt808Frame;
import java.util.ArrayList;
import java.util.List;

/** Remembers what an attachment connection held. */
final class RecordingAttachments implements AttachmentListener {
  final List<FileChunk> chunks = new ArrayList<>();
  final List<Jt808Frame> frames = new ArrayList<>();
  final List<FrameFault> faults = new ArrayList<>();
  long oversized;

  @Override
  public void chunk(FileChunk chunk) {
    chunks.add(chunk);
  }

  @Override
  public void oversizedChunk(long announcedBytes) {
    oversized = announcedBytes;
  }

  @Override
  public void frame(Jt808Frame frame) {
    frames.add(frame);
  }

  @Override
  public void fault(FrameFault fault, int bytes) {
    faults.add(fault);
  }
}
