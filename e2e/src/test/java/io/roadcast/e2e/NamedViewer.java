package io.roadcast.e2e;

import io.roadcast.bench.viewer.LoadViewer;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.LoadViewerState;
import io.roadcast.bench.viewer.LoadViewerStatistics;
import io.roadcast.bench.viewer.TrackStatistics;
import io.roadcast.bench.viewer.ViewerLoop;
import io.roadcast.bench.viewer.WhepClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** A viewer with the id by which the API knows it. */
final class NamedViewer implements AutoCloseable {
  private final ViewerLoop loop;
  private final LoadViewer viewer;
  private final URI session;

  private NamedViewer(ViewerLoop loop, LoadViewer viewer, URI session) {
    this.loop = loop;
    this.viewer = viewer;
    this.session = session;
  }

  static NamedViewer watch(RunningServer server, String stream) throws Exception {
    return watch(HttpClient.newHttpClient(), server.whep(stream), LoadViewerOptions.defaults());
  }

  static NamedViewer watch(HttpClient http, URI endpoint, LoadViewerOptions options)
      throws IOException, InterruptedException {
    ViewerLoop loop = ViewerLoop.start();
    try {
      WhepClient whep = new WhepClient(http, endpoint, options.token());
      LoadViewer viewer = LoadViewer.connect(loop, whep, options);
      URI session = whep.session();
      if (session == null) {
        throw new IOException("an answer without Location");
      }
      return new NamedViewer(loop, viewer, session);
    } catch (IOException | InterruptedException | RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  LoadViewer viewer() {
    return viewer;
  }

  String id() {
    String path = session.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Path of the WHEP session. */
  String session() {
    return session.getPath();
  }

  LoadViewerState state() {
    return viewer.statistics().state();
  }

  /** Complete pictures so far. */
  long pictures() {
    return video() == null ? 0 : video().frames().complete();
  }

  @Nullable TrackStatistics video() {
    return statistics().video().orElse(null);
  }

  LoadViewerStatistics statistics() {
    return viewer.statistics();
  }

  @Override
  public void close() {
    viewer.close();
    loop.close();
  }
}
