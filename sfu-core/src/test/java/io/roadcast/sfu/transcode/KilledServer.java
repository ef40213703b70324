package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server that transcodes, says which child does it, and waits to be killed. */
final class KilledServer {
  private KilledServer() {}

  public static void main(String[] arguments) {
    try (Transcoders transcoders = new Transcoders(TranscodeConfig.defaults())) {
      SoundJob spec = new SoundJob(SoundCoding.of(Codec.PCMU), Codec.OPUS, 24_000);
      Transcoders.Job job = transcoders.open(spec, (time, block) -> {}).orElseThrow();
      while (transcoders.pids().isEmpty()) {
        LockSupport.parkNanos(20_000_000);
      }
      List<Long> pids = transcoders.pids();
      System.out.println("child " + pids.getFirst());
      while (true) {
        LockSupport.park(job);
      }
    }
  }
}
