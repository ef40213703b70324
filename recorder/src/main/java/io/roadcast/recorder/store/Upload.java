package io.roadcast.recorder.store;

import io.roadcast.recorder.segment.Digests;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Brings one file that does not change any more to an object store: in parts, each checked by the
 * store against its MD5. What was interrupted goes on behind the parts that are there; parts that
 * are not what the file holds are sent again. One thread.
 */
final class Upload {
  private final ObjectStore store;
  private final Path file;
  private final String name;
  private long sentBytes;

  Upload(ObjectStore store, Path file, String name) {
    this.store = store;
    this.file = file;
    this.name = name;
  }

  /** What went over the wire this time. */
  long sentBytes() {
    return sentBytes;
  }

  /**
   * @throws IOException if it can not be finished now; what was sent stays
   */
  void run() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      FileBytes bytes = new FileBytes(channel, channel.size());
      if (bytes.length() <= store.config().partBytes()) {
        store.put(name, bytes.read(0, (int) bytes.length()));
        sentBytes += bytes.length();
      } else {
        inParts(bytes);
      }
      long arrived = store.size(name).orElse(-1);
      if (arrived != bytes.length()) {
        throw new IOException(name + " has " + arrived + " bytes instead of " + bytes.length());
      }
    }
  }

  private void inParts(FileBytes bytes) throws IOException {
    Map<Integer, Part> there = new HashMap<>();
    Optional<String> begun = UploadNote.read(file);
    if (begun.isPresent()) {
      there = parts(begun.get()).orElse(Map.of());
    }
    String id = begun.isPresent() && !there.isEmpty() ? begun.get() : create();
    int partBytes = store.config().partBytes();
    List<CompletedPart> parts = new ArrayList<>();
    for (long at = 0; at < bytes.length(); at += partBytes) {
      int number = parts.size() + 1;
      byte[] part = bytes.read(at, (int) Math.min(partBytes, bytes.length() - at));
      byte[] md5 = Digests.md5().digest(part);
      Part present = there.get(number);
      String tag =
          present != null && same(present.eTag(), md5)
              ? present.eTag()
              : send(id, number, part, md5);
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    S3Client client = store.client();
    store.ask(
        name,
        () ->
            client.completeMultipartUpload(
                done ->
                    done.bucket(store.config().bucket())
                        .key(store.key(name))
                        .uploadId(id)
                        .multipartUpload(all -> all.parts(parts))));
    UploadNote.delete(file);
  }

  private String create() throws IOException {
    CreateMultipartUploadResponse created =
        store.ask(
            name,
            () ->
                store
                    .client()
                    .createMultipartUpload(
                        begin ->
                            begin
                                .bucket(store.config().bucket())
                                .key(store.key(name))
                                .serverSideEncryption(store.encryption())));
    UploadNote.write(file, created.uploadId());
    return created.uploadId();
  }

  /** What an earlier attempt has sent; empty if the store knows nothing of it any more. */
  private Optional<Map<Integer, Part>> parts(String id) throws IOException {
    ListPartsRequest request =
        ListPartsRequest.builder()
            .bucket(store.config().bucket())
            .key(store.key(name))
            .uploadId(id)
            .build();
    try {
      return Optional.of(
          store.ask(
              name,
              () -> {
                Map<Integer, Part> found = new HashMap<>();
                store
                    .client()
                    .listPartsPaginator(request)
                    .parts()
                    .forEach(part -> found.put(part.partNumber(), part));
                return found;
              }));
    } catch (StorageUnavailableException failure) {
      if (failure.getCause() instanceof S3Exception refused && refused.statusCode() == 404) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static boolean same(String tag, byte[] md5) {
    return tag.replace("\"", "").equalsIgnoreCase(HexFormat.of().formatHex(md5));
  }

  private String send(String id, int number, byte[] part, byte[] md5) throws IOException {
    String tag =
        store
            .ask(
                name,
                () ->
                    store
                        .client()
                        .uploadPart(
                            upload ->
                                upload
                                    .bucket(store.config().bucket())
                                    .key(store.key(name))
                                    .uploadId(id)
                                    .partNumber(number)
                                    .contentMD5(Base64.getEncoder().encodeToString(md5)),
                            RequestBody.fromBytes(part)))
            .eTag();
    sentBytes += part.length;
    return tag;
  }
}
