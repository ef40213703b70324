package io.roadcast.recorder.record;

import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A program that records in real time until it is killed; it says how many pictures were sent. */
public final class EndingRecorder {
  private EndingRecorder() {}

  public static void main(String[] arguments) throws Exception {
    TestRecorder recorder = new TestRecorder(Path.of(arguments[0]), segment -> true, segment -> {});
    TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240);
    long start = System.nanoTime();
    for (int sent = 1; ; sent++) {
      camera.picture();
      System.out.println(sent);
      while (System.nanoTime() - start < sent * 40_000_000L) {
        LockSupport.parkNanos(5_000_000);
      }
    }
  }
}
