package io.roadcast.bench.recording;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The process that measures. It prints a line for each kind of sound. */
public final class RecordingProgram {
  private static final int WARM_UP_SECONDS = 12;

  private RecordingProgram() {}

  /** Arguments: streams, seconds of each measurement, rounds. */
  public static void main(String[] arguments) throws Exception {
    int streams = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Film film = Film.make();
    System.out.printf(
        Locale.ROOT,
        "%d streams of 1280x720, 25/s, %.2f Mbit/s; %d times %d s without and with a recorder%n",
        streams,
        film.bitRate() / 1e6,
        rounds,
        seconds);
    System.out.printf(
        "%-22s %9s %9s %12s %9s %10s %12s %8s%n",
        "CPU s per stream-second",
        "without",
        "with",
        "recording",
        "in child",
        "heap MB",
        "outside MB",
        "lost");
    measure("no sound", film, null, streams, seconds, rounds);
    measure("G.711", film, SoundCoding.of(Codec.PCMA), streams, seconds, rounds);
    measure("ADPCM", film, SoundCoding.of(Codec.ADPCM), streams, seconds, rounds);
    System.exit(0);
  }

  private static void measure(
      String name, Film film, @Nullable SoundCoding sound, int streams, int seconds, int rounds)
      throws Exception {
    Film heard = sound == null ? film : film.with(sound);
    try (LiveStreams warm = new LiveStreams(heard, streams, LiveStreams.Recording.ON)) {
      warm.measure(WARM_UP_SECONDS);
    }
    List<RecordingCost> without = new ArrayList<>();
    List<RecordingCost> with = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      without.add(one(heard, streams, LiveStreams.Recording.OFF, seconds));
      with.add(one(heard, streams, LiveStreams.Recording.ON, seconds));
    }
    RecordingCost off = RecordingCost.median(without);
    RecordingCost on = RecordingCost.median(with);
    System.out.printf(
        Locale.ROOT,
        "%-22s %9.4f %9.4f %12.4f %9.4f %10.2f %12.2f %8d%n",
        name,
        off.cpu(),
        on.cpu(),
        on.cpu() - off.cpu(),
        on.childCpu(),
        (on.heapBytes() - off.heapBytes()) / 1e6 / streams,
        (on.otherBytes() - off.otherBytes()) / 1e6 / streams,
        with.stream().mapToLong(RecordingCost::lost).sum());
  }

  private static RecordingCost one(
      Film film, int streams, LiveStreams.Recording recording, int seconds) throws Exception {
    try (LiveStreams live = new LiveStreams(film, streams, recording)) {
      live.measure(2);
      return live.measure(seconds);
    }
  }
}
