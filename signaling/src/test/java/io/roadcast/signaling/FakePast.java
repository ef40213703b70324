package io.roadcast.signaling;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.http.PlaybackCommand;
import io.roadcast.signaling.http.PlaybackView;
import io.roadcast.signaling.http.ViewerGateway;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notes what is wanted of recordings; there are none. */
final class FakePast implements PastViewing {
  final List<String> wanted = new CopyOnWriteArrayList<>();
  volatile boolean away;

  @Override
  public void admit(Asker asker, StreamId stream) {
    wanted.add("admit " + stream);
  }

  @Override
  public ViewerGateway.Opened open(Asker asker, StreamId stream, Instant at, String offer) {
    wanted.add("open " + stream + " " + at);
    throw new ApiException(ErrorCode.RECORDING_NOT_FOUND, "Nothing is recorded of that time.");
  }

  @Override
  public PlaybackView order(Asker asker, UUID viewer, PlaybackCommand command) {
    if (away) {
      throw new DatabaseUnavailableException("the database is away");
    }
    wanted.add(command.action() + " " + viewer);
    Instant now = Instant.now();
    return new PlaybackView(viewer, "playing", now, 1, now, null, null);
  }

  @Override
  public PlaybackView show(Asker asker, UUID viewer, Instant from, Instant to) {
    wanted.add("show " + viewer);
    Instant now = Instant.now();
    return new PlaybackView(
        viewer, "live", now, 1, now, null, List.of(new PlaybackView.Recorded(from, to)));
  }

  @Override
  public void listen(Consumer<PlaybackView> listener) {
    // There is nothing to tell.
  }
}
