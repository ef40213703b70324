package io.roadcast.signaling.ws;

import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.fleet.ChannelStreamView;
import io.roadcast.signaling.http.Problem;
import io.roadcast.signaling.http.StreamView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the server says. */
sealed interface ServerMessage {
  String type();

  /**
   * First message: the streams that are live.
   *
   * @param more whether messages of type hello.more with further streams follow at once
   */
  record Hello(String type, String server, String version, List<StreamView> streams, boolean more)
      implements ServerMessage {
    Hello(String version, List<StreamView> streams, boolean more) {
      this("hello", "roadcast", version, streams, more);
    }
  }

  /** The next page of the streams that are live. */
  record HelloMore(String type, List<StreamView> streams, boolean more) implements ServerMessage {
    HelloMore(List<StreamView> streams, boolean more) {
      this("hello.more", streams, more);
    }
  }

  /** What became of a stream; type as {@link StreamNews} says. */
  record StreamEvent(String type, StreamView stream) implements ServerMessage {}

  /** A channel of a terminal came into another phase, or failed. */
  record ChannelChanged(String type, ChannelStreamView channel) implements ServerMessage {
    static ChannelChanged of(StreamId id, ChannelStatus status) {
      return new ChannelChanged("channel.changed", ChannelStreamView.of(id, status));
    }
  }

  /** What became of a viewing that this connection follows. */
  record ViewerNotice(String type, UUID viewer, String notice, @Nullable String detail)
      implements ServerMessage {
    ViewerNotice(UUID viewer, String notice, @Nullable String detail) {
      this("viewer.notice", viewer, notice, detail);
    }
  }

  /** A message of the client was refused: a problem body with a type of message around it. */
  record Refusal(String type, String title, int status, String code, String detail)
      implements ServerMessage {
    static Refusal of(Problem problem) {
      return new Refusal(
          "error", problem.title(), problem.status(), problem.code(), problem.detail());
    }
  }
}
