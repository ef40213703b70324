package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Digests;
import io.roadcast.recorder.store.ObjectStoreConfig.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A bucket. Each request is tried three times with back-off by the SDK; what does not help is a
 * {@link StorageUnavailableException}. Names of objects are those after the prefix. Any thread.
 */
public final class ObjectStore implements AutoCloseable {
  private final ObjectStoreConfig config;
  private final S3Client client;
  private final S3Presigner presigner;

  public ObjectStore(ObjectStoreConfig config) {
    this.config = config;
    AwsCredentialsProvider credentials = credentials(config.credentials());
    Region region = Region.of(config.region());
    S3Configuration addressing =
        S3Configuration.builder()
            .pathStyleAccessEnabled(config.pathStyle())
            .chunkedEncodingEnabled(false)
            .build();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region)
            .credentialsProvider(credentials)
            .serviceConfiguration(addressing)
            // Content-MD5 guards uploads: every store knows it.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(5))
                    .socketTimeout(config.requestTimeout()))
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(config.requestTimeout()));
    S3Presigner.Builder signing =
        S3Presigner.builder()
            .region(region)
            .credentialsProvider(credentials)
            .serviceConfiguration(addressing);
    if (config.endpoint() != null) {
      builder.endpointOverride(config.endpoint());
      signing.endpointOverride(config.endpoint());
    }
    client = builder.build();
    presigner = signing.build();
  }

  private static AwsCredentialsProvider credentials(@Nullable Credentials given) {
    return given == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(given.accessKey(), given.secretKey()));
  }

  ObjectStoreConfig config() {
    return config;
  }

  S3Client client() {
    return client;
  }

  String key(String name) {
    return config.prefix() + name;
  }

  /** Asks the store something. */
  <T> T ask(String what, Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (NoSuchKeyException missing) {
      throw new NoSuchFileException(what);
    } catch (UncheckedIOException broken) {
      // Of connections that end in the middle.
      throw new StorageUnavailableException(
          "the object store: " + what + ": " + broken.getMessage(), broken);
    } catch (SdkException failure) {
      throw new StorageUnavailableException(
          "the object store: " + what + ": " + failure.getMessage(), failure);
    }
  }

  /** How the store encrypts what it is given; null if it is not asked to. */
  @Nullable ServerSideEncryption encryption() {
    return switch (config.encryption()) {
      case NONE -> null;
      case AES256 -> ServerSideEncryption.AES256;
      case KMS -> ServerSideEncryption.AWS_KMS;
    };
  }

  /** Writes a small object in one piece. */
  void put(String name, byte[] bytes) throws IOException {
    String md5 = Base64.getEncoder().encodeToString(Digests.md5().digest(bytes));
    ask(
        name,
        () ->
            client.putObject(
                put ->
                    put.bucket(config.bucket())
                        .key(key(name))
                        .contentMD5(md5)
                        .serverSideEncryption(encryption()),
                RequestBody.fromBytes(bytes)));
  }

  /** A whole object. */
  byte[] get(String name) throws IOException {
    return ask(
            name, () -> client.getObjectAsBytes(get -> get.bucket(config.bucket()).key(key(name))))
        .asByteArrayUnsafe();
  }

  /** A range of an object; shorter if the object ends before. */
  byte[] get(String name, long at, int length) throws IOException {
    String range = "bytes=" + at + "-" + (at + length - 1);
    return ask(
            name,
            () ->
                client.getObjectAsBytes(
                    get -> get.bucket(config.bucket()).key(key(name)).range(range)))
        .asByteArrayUnsafe();
  }

  /** An object's length; empty if there is none. */
  OptionalLong size(String name) throws IOException {
    try {
      return OptionalLong.of(
          ask(name, () -> client.headObject(head -> head.bucket(config.bucket()).key(key(name))))
              .contentLength());
    } catch (NoSuchFileException missing) {
      return OptionalLong.empty();
    }
  }

  void delete(String name) throws IOException {
    ask(name, () -> client.deleteObject(gone -> gone.bucket(config.bucket()).key(key(name))));
  }

  /** Shows the names of all objects that begin so. */
  void list(String beginning, Consumer<String> each) throws IOException {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(config.bucket()).prefix(key(beginning)).build();
    ask(
        "list " + beginning,
        () -> {
          for (S3Object object : client.listObjectsV2Paginator(request).contents()) {
            each.accept(object.key().substring(config.prefix().length()));
          }
          return true;
        });
  }

  /** An address that anybody may read an object at for this long, any range of it. */
  public String address(String name, Duration validity) {
    return presigner
        .presignGetObject(
            sign ->
                sign.signatureDuration(validity)
                    .getObjectRequest(get -> get.bucket(config.bucket()).key(key(name))))
        .url()
        .toString();
  }

  /**
   * Asks whether the bucket is there.
   *
   * @throws IOException if it is not
   */
  public void check() throws IOException {
    ask("bucket " + config.bucket(), () -> client.headBucket(head -> head.bucket(config.bucket())));
  }

  @Override
  public void close() {
    presigner.close();
    client.close();
  }
}
