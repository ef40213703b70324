package io.roadcast.jtt.multimedia;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.jtt.gateway.MediaSink;
import io.roadcast.jtt.gateway.ReceivedMedia;
import io.roadcast.jtt.position.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what terminals send by 0x0801. A file is kept when it is durable on disk together with a
 * note of what it is; its row in the table follows, so that an absent database delays it but loses
 * nothing. {@link #keep} may be called on any thread; everything that reads blocks.
 */
public final class MediaStore implements MediaSink, AutoCloseable {
  private static final UUID LAST = new UUID(-1, -1);

  private final MediaTable table;
  private final MediaFiles files;
  private final MediaRoom room;
  private final MediaFollower follower;
  private final MediaKeeper keeper;

  private MediaStore(MediaFiles files, MediaLimits limits, Database database, Ownership owner) {
    this.files = files;
    this.table = new MediaTable(database);
    this.room = new MediaRoom(table, files, limits);
    this.follower = new MediaFollower(database, table, files, room, owner);
    this.keeper = new MediaKeeper(files, follower, owner, limits.waitingBytes());
  }

  /**
   * Opens it and goes on with what was kept before and has no row yet.
   *
   * @param directory made if absent; of no other store
   * @param ownership whose terminals are, asked when a file comes
   * @throws IOException if the directory can not be read or written
   */
  public static MediaStore open(
      Path directory, MediaLimits limits, Database database, Ownership ownership)
      throws IOException {
    MediaFiles files = MediaFiles.open(directory);
    MediaStore store = new MediaStore(files, limits, database, ownership);
    files.recover().forEach(store.follower::add);
    store.follower.start();
    store.keeper.start();
    return store;
  }

  @Override
  public CompletionStage<@Nullable Void> keep(ReceivedMedia media) {
    return keeper.keep(media);
  }

  /** Tells somebody of every new file when it can be found; must not block. */
  public void onListed(Consumer<MediaRecord> listener) {
    follower.onListed(listener);
  }

  /**
   * @throws DatabaseUnavailableException if the database is away
   */
  public Optional<MediaRecord> find(UUID id) {
    return table.find(id);
  }

  /**
   * Those that were made last come first.
   *
   * @throws DatabaseUnavailableException if the database is away
   */
  public List<MediaRecord> newest(MediaQuery query, int limit) {
    return table.list(query, query.to(), LAST, limit);
  }

  /**
   * The same behind one that was shown.
   *
   * @param at of that one
   * @param id of that one
   */
  public List<MediaRecord> olderThan(MediaQuery query, Instant at, UUID id, int limit) {
    return table.list(query, at, id, limit);
  }

  /** The bytes; empty if they are gone. */
  public Optional<byte[]> content(MediaRecord value) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(files.file(value)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /**
   * Removes a file for good; false if it was gone.
   *
   * @throws DatabaseUnavailableException if the database is away; the file is gone all the same
   */
  public boolean remove(MediaRecord value) throws IOException {
    return room.remove(value);
  }

  /** Why files are not kept at this moment, in words for the operator. */
  public Optional<String> problem() {
    return keeper.problem();
  }

  public MediaStatistics statistics() {
    return new MediaStatistics(
        keeper.kept(),
        keeper.failed(),
        follower.listed(),
        follower.repeated(),
        room.removed(),
        follower.waiting(),
        room.bytes());
  }

  /** Writes what was taken, then ends. */
  @Override
  public void close() {
    keeper.close();
    follower.close();
  }
}
