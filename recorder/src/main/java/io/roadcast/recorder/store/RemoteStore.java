package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Segments in an object store; their places begin with {@code s3/}. */
public final class RemoteStore implements Tier {
  private static final String PLACE = "s3/";
  private static final String KEPT = "kept/";
  private static final Duration DIRECT = Duration.ofMinutes(10);

  private final ObjectStore objects;
  private final Seals seals;

  public RemoteStore(ObjectStore objects, Seals seals) {
    this.objects = objects;
    this.seals = seals;
  }

  /** Whether a place is in an object store. */
  public static boolean holds(String place) {
    return place.startsWith(PLACE);
  }

  /** Where a segment goes to that lies in the directory of recordings. */
  public static String placeFor(String localPlace) {
    return PLACE + localPlace;
  }

  private static String name(String place) throws IOException {
    if (!holds(place)) {
      throw new IOException(place + " is not in the object store");
    }
    return place.substring(PLACE.length());
  }

  private static String sidecarName(String place) throws IOException {
    return SegmentForm.stem(name(place)) + Sidecar.SUFFIX;
  }

  /** What is sealed by us is served by us only. */
  @Override
  public Optional<String> directAddress(Segment segment) {
    String place = segment.place();
    boolean wanted = objects.config().directLinks() && holds(place);
    return wanted && SegmentForm.of(place).filter(SegmentForm.PLAIN::equals).isPresent()
        ? Optional.of(objects.address(place.substring(PLACE.length()), DIRECT))
        : Optional.empty();
  }

  /**
   * Brings a segment here.
   *
   * @param from its place there, complete
   * @param sidecar what is to stand beside it, with its place here
   * @return bytes sent
   * @throws IOException if it did not arrive whole; calling again goes on
   */
  public long upload(String from, LocalStore there, Sidecar sidecar) throws IOException {
    Upload upload = new Upload(objects, there.file(from), name(sidecar.segment().place()));
    upload.run();
    write(sidecar);
    return upload.sentBytes();
  }

  @Override
  public Sidecar sidecar(Segment segment) throws IOException {
    String name = sidecarName(segment.place());
    return Sidecar.parse(objects.get(name), name).in(segment.place());
  }

  @Override
  public SegmentSource open(Sidecar sidecar) throws IOException {
    Segment segment = sidecar.segment();
    return seals.open(new ObjectBytes(objects, name(segment.place()), segment.bytes()), sidecar);
  }

  @Override
  public void write(Sidecar sidecar) throws IOException {
    objects.put(sidecarName(sidecar.segment().place()), sidecar.bytes());
  }

  @Override
  public void delete(String place) throws IOException {
    // The sidecar last: what is left of an interrupted deletion is found again by it.
    objects.delete(name(place));
    objects.delete(sidecarName(place));
  }

  @Override
  public boolean exists(String place) throws IOException {
    return objects.size(name(place)).isPresent();
  }

  @Override
  public void visit(Visitor visitor) throws IOException {
    List<String> names = new ArrayList<>();
    objects.list(KEPT, names::add);
    for (String name : names) {
      if (SegmentForm.of(name).isPresent()) {
        try {
          String beside = SegmentForm.stem(name) + Sidecar.SUFFIX;
          visitor.found(Sidecar.parse(objects.get(beside), beside).in(PLACE + name));
        } catch (StorageUnavailableException away) {
          throw away;
        } catch (IOException unreadable) {
          visitor.unreadable(name, unreadable);
        }
      }
    }
  }
}
