package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory of recordings, and the object store if there is one: a segment's place says it. */
public final class Tiers implements Tier {
  private final LocalStore local;
  private final @Nullable RemoteStore remote;

  public Tiers(LocalStore local, @Nullable RemoteStore remote) {
    this.local = local;
    this.remote = remote;
  }

  /** The object store. */
  public Optional<RemoteStore> remote() {
    return Optional.ofNullable(remote);
  }

  private Tier of(String place) throws IOException {
    if (!RemoteStore.holds(place)) {
      return local;
    }
    if (remote == null) {
      throw new IOException(place + " is in an object store, and none is configured");
    }
    return remote;
  }

  @Override
  public Sidecar sidecar(Segment segment) throws IOException {
    return of(segment.place()).sidecar(segment);
  }

  @Override
  public SegmentSource open(Sidecar sidecar) throws IOException {
    return of(sidecar.segment().place()).open(sidecar);
  }

  @Override
  public Optional<String> directAddress(Segment segment) {
    return remote().flatMap(store -> store.directAddress(segment));
  }

  @Override
  public void write(Sidecar sidecar) throws IOException {
    of(sidecar.segment().place()).write(sidecar);
  }

  @Override
  public void delete(String place) throws IOException {
    of(place).delete(place);
  }

  @Override
  public boolean exists(String place) throws IOException {
    return of(place).exists(place);
  }

  @Override
  public void visit(Visitor visitor) throws IOException {
    local.visit(visitor);
    if (remote != null) {
      remote.visit(visitor);
    }
  }
}
