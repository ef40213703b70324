package io.roadcast.recorder.store;

import io.roadcast.recorder.store.ObjectStoreConfig.Credentials;
import io.roadcast.recorder.store.ObjectStoreConfig.ObjectEncryption;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A real S3 server with one bucket over a directory, behind a gate. */
public final class TestObjectStore implements AutoCloseable {
  private static final String BUCKET = "recordings";
  private static final String ACCESS = "roadcast";
  private static final String SECRET = "not-a-secret";

  private final S3Proxy server;
  private final Gate gate;
  private final ObjectStore objects;

  public TestObjectStore(Path directory) throws IOException {
    Files.createDirectories(directory.resolve(BUCKET));
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", directory.toString());
    server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("filesystem-nio2", properties))
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
        "fleet/",
        new Credentials(ACCESS, SECRET),
        true,
        5 << 20,
        Duration.ofSeconds(20),
        ObjectEncryption.NONE,
        true);
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
