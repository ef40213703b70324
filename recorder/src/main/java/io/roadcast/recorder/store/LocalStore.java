package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Segments in the directory of recordings. */
public final class LocalStore implements Tier {
  private final SegmentPlaces places;
  private final Seals seals;

  public LocalStore(SegmentPlaces places, Seals seals) {
    this.places = places;
    this.seals = seals;
  }

  Path file(String place) {
    return places.file(place);
  }

  @Override
  public Sidecar sidecar(Segment segment) throws IOException {
    return Sidecar.read(places.file(segment.place()));
  }

  @Override
  public SegmentSource open(Sidecar sidecar) throws IOException {
    FileChannel channel =
        FileChannel.open(places.file(sidecar.segment().place()), StandardOpenOption.READ);
    boolean opened = false;
    try {
      SegmentSource source = seals.open(new FileBytes(channel, channel.size()), sidecar);
      opened = true;
      return source;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  @Override
  public void write(Sidecar sidecar) throws IOException {
    sidecar.write(places.file(sidecar.segment().place()));
  }

  @Override
  public void delete(String place) throws IOException {
    Path file = places.file(place);
    Files.deleteIfExists(file);
    Files.deleteIfExists(Sidecar.of(file));
    Files.deleteIfExists(UploadNote.of(file));
  }

  @Override
  public boolean exists(String place) {
    return Files.exists(places.file(place));
  }

  @Override
  public void visit(Visitor visitor) throws IOException {
    if (Files.notExists(places.kept())) {
      return;
    }
    for (Path file : kept()) {
      try {
        visitor.found(Sidecar.read(file).in(places.place(file)));
      } catch (IOException unreadable) {
        visitor.unreadable(places.place(file), unreadable);
      }
    }
  }

  private List<Path> kept() throws IOException {
    try (var found = Files.walk(places.kept())) {
      return found.filter(path -> SegmentForm.of(path.toString()).isPresent()).toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }
}
