package io.roadcast.signaling.recording;

import io.roadcast.recorder.segment.Gap;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.RemoteStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A segment as it is shown. */
record RecordingView(
    UUID id,
    String stream,
    String quality,
    @Nullable UUID organization,
    @Nullable UUID terminal,
    @Nullable UUID vehicle,
    Instant from,
    Instant to,
    String codec,
    int width,
    int height,
    @Nullable String sound,
    double frameRate,
    long frames,
    long bytes,
    List<Gap> gaps,
    @Nullable String sha256,
    String state,
    @Nullable String policy,
    boolean hold,
    String storage) {
  static RecordingView of(Segment segment) {
    return new RecordingView(
        segment.id(),
        segment.stream(),
        segment.quality(),
        segment.owner().organization(),
        segment.owner().terminal(),
        segment.owner().vehicle(),
        segment.from(),
        segment.to(),
        segment.codec(),
        segment.width(),
        segment.height(),
        segment.sound(),
        Math.round(segment.frameRate() * 100) / 100.0,
        segment.frames(),
        segment.bytes(),
        segment.gaps(),
        segment.sha256(),
        segment.state().label(),
        segment.keeping().policy(),
        segment.keeping().hold(),
        RemoteStore.holds(segment.place()) ? "object-store" : "local");
  }
}
