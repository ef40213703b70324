package io.roadcast.recorder.store;

import io.roadcast.recorder.store.ObjectStoreConfig.Credentials;
import io.roadcast.recorder.store.ObjectStoreConfig.ObjectEncryption;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A real S3 server with one bucket over a directory, behind a gate. */
public final class TestObjectStore implements AutoCloseable {
  private static final String BUCKET = "recordings";
  private static final String PREFIX = "fleet/";
  private static final String ACCESS = "roadcast";
  private static final String SECRET = "not-a-secret";

  private final ObjectEncryption encryption;
  private final List<String> encrypted = new CopyOnWriteArrayList<>();
  private final S3Proxy server;
  private final Gate gate;
  private final ObjectStore objects;

  public TestObjectStore(Path directory) throws IOException {
    this(directory, ObjectEncryption.NONE);
  }

  /**
   * @param encryption what the server is asked to encrypt with
   */
  public TestObjectStore(Path directory, ObjectEncryption encryption) throws IOException {
    this.encryption = encryption;
    Files.createDirectories(directory.resolve(BUCKET));
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", directory.toString());
    server =
        S3Proxy.builder()
            .blobStore(new Asked(BlobStores.create("filesystem-nio2", properties)))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS, SECRET)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      server.start();
    } catch (Exception failure) {
      throw new IOException(failure);
    }
    gate = new Gate(server.getPort());
    objects = new ObjectStore(config());
  }

  public ObjectStoreConfig config() {
    return new ObjectStoreConfig(
        URI.create("http://127.0.0.1:" + gate.port()),
        "us-east-1",
        BUCKET,
        PREFIX,
        new Credentials(ACCESS, SECRET),
        true,
        5 << 20,
        Duration.ofSeconds(20),
        encryption,
        true);
  }

  /** With what the server was to encrypt each object it was given, as it understood that. */
  public List<String> encrypted() {
    return encrypted;
  }

  /** A store that would encrypt by itself. */
  private final class Asked extends ForwardingBlobStore {
    Asked(BlobStore objects) {
      super(objects);
    }

    @Override
    public boolean supportsServerSideEncryption() {
      return true;
    }

    /** The server keeps notes of its own too, under other names. */
    private void note(String key, @Nullable String asked) {
      if (key.startsWith(PREFIX)) {
        encrypted.add(String.valueOf(asked));
      }
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
      note(request.key(), request.serverSideEncryptionAsString());
      return super.putBlob(request, bytes);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
      note(request.key(), request.serverSideEncryptionAsString());
      return super.initiateMultipartUpload(request);
    }
  }

  public Gate gate() {
    return gate;
  }

  public ObjectStore objects() {
    return objects;
  }

  @Override
  public void close() throws IOException {
    objects.close();
    gate.close();
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }
}
