package io.roadcast.bench.viewer;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A real server behind WHEP with streams 13912345678-1, -2 and so on. */
public final class TestStreams implements AutoCloseable {
  private final RealServer server = new RealServer();
  private final WhepShim whep = new WhepShim(server);
  private final List<FilmedStream> streams = new ArrayList<>();

  private TestStreams() throws Exception {}

  public static TestStreams filmed(int count) throws Exception {
    TestStreams streams = new TestStreams();
    for (int channel = 1; channel <= count; channel++) {
      FilmedStream stream = streams.server.film(channel);
      streams.streams.add(stream);
      await().until(() -> streams.server.has(stream.id()));
    }
    return streams;
  }

  /** The WHEP address without the stream. */
  public URI whep() {
    return whep.base();
  }

  /** WHEP sessions that were not deleted. */
  public int sessions() {
    return whep.sessions();
  }

  @Override
  public void close() {
    streams.forEach(FilmedStream::close);
    whep.close();
    server.close();
  }

  /** Serves until it is killed; prints its address. Argument: how many streams. */
  public static void main(String[] arguments) throws Exception {
    TestStreams streams = filmed(Integer.parseInt(arguments[0]));
    System.out.println(streams.whep());
    Thread.currentThread().join();
    streams.close();
  }
}
