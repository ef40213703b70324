package io.roadcast.jtt.inspect;

import io.roadcast.jtt.jt1078.FrameAssembler;
import io.roadcast.jtt.jt1078.SoundBuilder;
import io.roadcast.media.Codec;
import io.roadcast.media.Medium;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes complete frames as elementary streams, one file per track: {@code
 * {terminal}-{channel}.{codec}}. Video as it came (Annex B), sound without vendor headers.
 */
public final class ElementaryStreams implements Closeable {
  private final @Nullable Path directory;
  private final Map<String, OutputStream> files = new LinkedHashMap<>();

  private ElementaryStreams(@Nullable Path directory) {
    this.directory = directory;
  }

  /** Writes into a directory, which is made if it does not exist; files there are overwritten. */
  public static ElementaryStreams into(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new ElementaryStreams(directory);
  }

  /** Writes nothing. */
  public static ElementaryStreams nowhere() {
    return new ElementaryStreams(null);
  }

  void write(InspectedStream stream, Codec codec, FrameAssembler frame) throws IOException {
    if (directory == null) {
      return;
    }
    String name = stream.name() + "." + InspectedStream.label(codec);
    OutputStream file = files.get(name);
    if (file == null) {
      file = new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)));
      files.put(name, file);
    }
    ByteBuffer bytes = frame.frame();
    if (codec.medium() == Medium.AUDIO) {
      bytes = SoundBuilder.withoutHisiliconHeader(bytes);
    }
    file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (OutputStream file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
