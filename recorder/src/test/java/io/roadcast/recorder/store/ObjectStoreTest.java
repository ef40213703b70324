package io.roadcast.recorder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.recorder.store.ObjectStoreConfig.ObjectEncryption;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ObjectStoreTest {
  private static final String NAME = "kept/139-1/2026-01-01/000000-x.mp4";

  @TempDir private Path directory;
  private TestObjectStore server;
  private ObjectStore objects;

  @BeforeEach
  void start() throws IOException {
    server = new TestObjectStore(directory.resolve("s3"));
    objects = server.objects();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Path file(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(directory.resolve("000000-x.mp4"), content);
  }

  @Test
  void smallAndLargeFilesArriveAndAreReadInRanges() throws IOException {
    objects.check();
    for (int bytes : new int[] {1000, 5 << 20, 12_345_678}) {
      Path file = file(bytes);
      byte[] content = Files.readAllBytes(file);
      Upload upload = new Upload(objects, file, NAME);
      upload.run();
      assertThat(upload.sentBytes()).isEqualTo(bytes);
      assertThat(objects.size(NAME)).hasValue(bytes);
      assertThat(objects.get(NAME)).isEqualTo(content);
      assertThat(objects.get(NAME, 500, 400)).isEqualTo(Arrays.copyOfRange(content, 500, 900));
      try (SegmentSource source = new ObjectBytes(objects, NAME, bytes)) {
        assertThat(source.read(0, 10)).isEqualTo(Arrays.copyOf(content, 10));
        assertThat(source.read(bytes - 100, 100))
            .isEqualTo(Arrays.copyOfRange(content, bytes - 100, bytes));
        assertThat(source.read(bytes - 50, 50))
            .isEqualTo(Arrays.copyOfRange(content, bytes - 50, bytes));
      }
      assertThat(UploadNote.of(file)).doesNotExist();
    }
    List<String> names = new ArrayList<>();
    objects.list("kept/", names::add);
    assertThat(names).containsExactly(NAME);
    objects.delete(NAME);
    assertThat(objects.size(NAME)).isEmpty();
    assertThatThrownBy(() -> objects.get(NAME)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void anInterruptedUploadGoesOnWhereItWas() throws IOException {
    Path file = file(14 << 20);
    server.gate().shutAfter(8 << 20);
    assertThatThrownBy(() -> new Upload(objects, file, NAME).run())
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(UploadNote.of(file)).exists();
    server.gate().open();
    Upload again = new Upload(objects, file, NAME);
    again.run();
    assertThat(again.sentBytes()).isEqualTo(9 << 20);
    assertThat(objects.get(NAME)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void anUploadThatTheStoreHasForgottenBeginsAnew() throws IOException {
    Path file = file(6 << 20);
    UploadNote.write(file, "00000000-0000-0000-0000-000000000000");
    new Upload(objects, file, NAME).run();
    assertThat(objects.get(NAME)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aDirectAddressIsGoodForItsObjectOnly() throws IOException {
    objects.put(NAME, new byte[1000]);
    objects.put("kept/other.mp4", new byte[1000]);
    String address = objects.address(NAME, Duration.ofMinutes(5));
    assertThat(status(address)).isEqualTo(200);
    assertThat(status(address.replace("000000-x.mp4", "other.mp4"))).isEqualTo(403);
    assertThat(status(address.replaceFirst("X-Amz-Expires=300", "X-Amz-Expires=30000")))
        .isEqualTo(403);
    assertThat(status(address.substring(0, address.indexOf('?')))).isEqualTo(403);
  }

  @Test
  void aDirectAddressGivesTheObjectAndItsRanges() throws IOException {
    byte[] content = Files.readAllBytes(file(100_000));
    objects.put(NAME, content);
    URI address = URI.create(objects.address(NAME, Duration.ofMinutes(5)));
    try (InputStream whole = address.toURL().openStream()) {
      assertThat(whole.readAllBytes()).isEqualTo(content);
    }
    for (int[] part : new int[][] {{0, 1}, {700, 30_000}, {99_000, 100_000}}) {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setRequestProperty("Range", "bytes=" + part[0] + "-" + (part[1] - 1));
      assertThat(connection.getResponseCode()).isEqualTo(206);
      try (InputStream bytes = connection.getInputStream()) {
        assertThat(bytes.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, part[0], part[1]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE,null", "AES256,AES256", "KMS,aws:kms"})
  void theStoreIsAskedToEncryptEveryObject(ObjectEncryption wanted, String asked)
      throws IOException {
    try (TestObjectStore other = new TestObjectStore(directory.resolve("other"), wanted)) {
      Path file = file(6 << 20);
      new Upload(other.objects(), file, NAME).run();
      other.objects().put("kept/139-1/2026-01-01/000000-x.json", new byte[10]);
      assertThat(other.encrypted()).containsExactly(asked, asked);
      assertThat(other.objects().get(NAME)).isEqualTo(Files.readAllBytes(file));
    }
  }

  private static int status(String address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      if (body != null) {
        body.readAllBytes();
      }
    }
    return status;
  }
}
