package io.roadcast.simulator;

/** Sends a file's packets in real time, round after round. */
final class FilePlayer implements Runnable {
  private final CaptureFile file;
  private final Source.Replayed source;
  private final StreamTime time;
  private final Outlet outlet;

  FilePlayer(CaptureFile file, Source.Replayed source, StreamTime time, Outlet outlet) {
    this.file = file;
    this.source = source;
    this.time = time;
    this.outlet = outlet;
  }

  @Override
  public void run() {
    long start = time.nowMillis();
    long rounds = source.rounds() == Source.Rounds.ONCE ? 1 : Long.MAX_VALUE;
    for (long round = 0; round < rounds; round++) {
      for (CapturedPacket packet : file.packets()) {
        long due = round * file.roundMillis() + packet.dueMillis();
        if (!time.sleepUntil(start + Math.round(due / source.speed()))) {
          return;
        }
        outlet.offer(file.inRound(packet, round));
      }
    }
  }
}
