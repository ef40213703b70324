package io.roadcast.server;

import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.MasterKeys;
import io.roadcast.recorder.store.ObjectStore;
import io.roadcast.recorder.store.ObjectStoreConfig;
import io.roadcast.recorder.store.ObjectStoreConfig.Credentials;
import io.roadcast.recorder.store.ObjectStoreConfig.ObjectEncryption;
import io.roadcast.recorder.store.RemoteStore;
import io.roadcast.recorder.store.Seals;
import io.roadcast.recorder.store.Tiers;
import io.roadcast.server.config.ObjectStoreSection;
import io.roadcast.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where recordings lie, and whether they are encrypted.
 *
 * @param objects null if there is no object store
 */
record RecordingStorage(
    SegmentPlaces places,
    Seals seals,
    LocalStore local,
    Tiers tiers,
    @Nullable ObjectStore objects) {

  /**
   * @throws IOException if the master keys can not be read or made
   */
  static RecordingStorage open(ServerConfig config) throws IOException {
    SegmentPlaces places =
        new SegmentPlaces(config.dataDirectory().resolve("recordings").toAbsolutePath());
    Seals seals = seals(config);
    LocalStore local = new LocalStore(places, seals);
    ObjectStoreSection section = config.objectStore();
    ObjectStore objects = section.present() ? new ObjectStore(objects(section)) : null;
    RemoteStore remote = objects == null ? null : new RemoteStore(objects, seals);
    return new RecordingStorage(places, seals, local, new Tiers(local, remote), objects);
  }

  private static Seals seals(ServerConfig config) throws IOException {
    Path given = config.recording().masterKeysFile();
    Path file =
        given.toString().isEmpty()
            ? config.dataDirectory().resolve("secrets").resolve("recordings.keys")
            : given;
    return switch (config.recording().encryption()) {
      case SEALED -> Seals.with(MasterKeys.openOrCreate(file), SegmentForm.SEALED);
      case NONE ->
          // What was sealed before stays readable.
          Files.exists(file)
              ? Seals.with(MasterKeys.openOrCreate(file), SegmentForm.PLAIN)
              : Seals.none();
    };
  }

  private static ObjectStoreConfig objects(ObjectStoreSection section) {
    return new ObjectStoreConfig(
        section.endpoint().isEmpty() ? null : URI.create(section.endpoint()),
        section.region(),
        section.bucket(),
        section.prefix(),
        section.accessKey().isEmpty()
            ? null
            : new Credentials(section.accessKey(), section.secretKey().reveal()),
        section.pathStyle(),
        (int) section.partBytes(),
        section.requestTimeout(),
        switch (section.encryption()) {
          case NONE -> ObjectEncryption.NONE;
          case AES256 -> ObjectEncryption.AES256;
          case KMS -> ObjectEncryption.KMS;
        },
        section.directLinks());
  }
}
