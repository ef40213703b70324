package io.roadcast.recorder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SealedSegmentTest {
  private static final int HEADER = 900;
  private static final int[] FRAGMENTS = {1, 65_535, 65_536, 65_537, 200_000, 17};

  @TempDir private Path directory;
  private final Random random = new Random(7);
  private final UUID id = new UUID(1, 2);
  private SegmentPlaces places;
  private Path keys;
  private Seals seals;
  private byte[] plain;
  private Sidecar sidecar;

  @BeforeEach
  void write() throws IOException {
    places = new SegmentPlaces(directory.resolve("recordings"));
    keys = directory.resolve("secrets/recordings.keys");
    seals = Seals.with(MasterKeys.openOrCreate(keys), SegmentForm.SEALED);
    Path file = places.ring("139-1", "main", id, SegmentForm.SEALED);
    Files.createDirectories(file.getParent());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Fragment> fragments = new ArrayList<>();
    try (SegmentFile out = seals.create(file, id)) {
      append(out, all, HEADER);
      for (int length : FRAGMENTS) {
        fragments.add(new Fragment(all.size(), length, 0, 1, 1, true));
        append(out, all, length);
      }
      out.force();
    }
    plain = all.toByteArray();
    Segment segment =
        new Segment(
            id,
            "139-1",
            "main",
            Owner.nobody(),
            Instant.EPOCH,
            Instant.EPOCH,
            "h264",
            160,
            120,
            null,
            0,
            6,
            plain.length,
            List.of(),
            places.place(file),
            null,
            SegmentState.COMPLETE,
            Keeping.USUAL);
    sidecar = new Sidecar(segment, HEADER, fragments);
  }

  private void append(SegmentFile out, ByteArrayOutputStream all, int length) throws IOException {
    byte[] part = new byte[length];
    random.nextBytes(part);
    out.append(part);
    all.writeBytes(part);
  }

  private SegmentSource open(Seals with) throws IOException {
    return new LocalStore(places, with).open(sidecar);
  }

  private Path file() {
    return places.file(sidecar.segment().place());
  }

  @Test
  void anyRangeIsWhatWasWritten() throws IOException {
    try (SegmentSource source = open(seals)) {
      assertThat(source.length()).isEqualTo(plain.length);
      assertThat(source.read(0, plain.length)).isEqualTo(plain);
      for (int i = 0; i < 500; i++) {
        int at = random.nextInt(plain.length);
        int length = random.nextInt(Math.min(150_000, plain.length - at) + 1);
        assertThat(source.read(at, length)).isEqualTo(Arrays.copyOfRange(plain, at, at + length));
      }
      assertThatThrownBy(() -> source.read(plain.length - 1, 2)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void nothingOfItIsInTheFile() throws IOException {
    byte[] sealed = Files.readAllBytes(file());
    assertThat(sealed).hasSize(plain.length + SegmentKey.HEADER_BYTES + 20 * 11);
    byte[] marker = Arrays.copyOfRange(plain, 100, 116);
    for (int i = 0; i + marker.length < sealed.length; i++) {
      assertThat(Arrays.equals(sealed, i, i + marker.length, marker, 0, marker.length)).isFalse();
    }
  }

  @Test
  void whoeverChangesAByteIsFound() throws IOException {
    byte[] sealed = Files.readAllBytes(file());
    for (int at : new int[] {10, 20, 50, 100 + HEADER / 2, sealed.length - 1}) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      Files.write(file(), changed);
      assertThatThrownBy(
              () -> {
                try (SegmentSource source = open(seals)) {
                  source.read(0, plain.length);
                }
              })
          .as("byte %d", at)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherKeyOpensNothingAndAnOlderOneStillItsOwn() throws IOException {
    String former = Files.readString(keys);
    Files.delete(keys);
    Seals others = Seals.with(MasterKeys.openOrCreate(keys), SegmentForm.SEALED);
    try (SegmentSource source = open(others)) {
      assertThatThrownBy(() -> source.read(0, 1)).hasMessageContaining("master key");
    }
    Files.writeString(keys, Files.readString(keys) + former);
    Seals both = Seals.with(MasterKeys.openOrCreate(keys), SegmentForm.SEALED);
    try (SegmentSource source = open(both)) {
      assertThat(source.read(0, plain.length)).isEqualTo(plain);
    }
    assertThatThrownBy(() -> open(Seals.none()).read(0, 1)).hasMessageContaining("no key");
  }

  @Test
  void whatWasCutOffIsReadUpToItsLastWholeChunk() throws IOException {
    byte[] sealed = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(sealed, sealed.length - 5));
    try (var channel =
            java.nio.channels.FileChannel.open(
                file(),
                java.nio.file.StandardOpenOption.READ,
                java.nio.file.StandardOpenOption.WRITE);
        TornFile torn = new TornFile.Sealed(channel, MasterKeys.openOrCreate(keys), id)) {
      assertThat(torn.length()).isEqualTo(plain.length - 17);
      assertThat(ByteBuffer.wrap(torn.read(0, (int) torn.length())))
          .isEqualTo(ByteBuffer.wrap(plain, 0, plain.length - 17));
      torn.cut(HEADER + 1);
    }
    assertThat(Files.size(file()))
        .isEqualTo(SegmentKey.HEADER_BYTES + HEADER + 1 + 2 * SealedLayout.OVERHEAD_BYTES);
  }
}
