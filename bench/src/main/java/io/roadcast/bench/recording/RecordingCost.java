package io.roadcast.bench.recording;

import java.util.Comparator;
import java.util.List;

/**
 * What some streams cost while they were live.
 *
 * @param cpu processor seconds of this process for each second of each stream
 * @param childCpu likewise, of the children that transcode sound
 * @param heapBytes live objects
 * @param otherBytes memory of the process outside its heap
 * @param lost pictures that were published and not recorded
 */
record RecordingCost(double cpu, double childCpu, long heapBytes, long otherBytes, long lost) {
  /** Of each figure. */
  static RecordingCost median(List<RecordingCost> of) {
    return new RecordingCost(
        middle(of, Comparator.comparingDouble(RecordingCost::cpu)).cpu(),
        middle(of, Comparator.comparingDouble(RecordingCost::childCpu)).childCpu(),
        middle(of, Comparator.comparingLong(RecordingCost::heapBytes)).heapBytes(),
        middle(of, Comparator.comparingLong(RecordingCost::otherBytes)).otherBytes(),
        middle(of, Comparator.comparingLong(RecordingCost::lost)).lost());
  }

  private static RecordingCost middle(List<RecordingCost> of, Comparator<RecordingCost> by) {
    return of.stream().sorted(by).toList().get(of.size() / 2);
  }
}
