package io.roadcast.e2e.joins;

import io.roadcast.media.ffmpeg.EncodedPicture;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps films between measurements: encoding one takes longer than measuring with it. */
final class FilmFile {
  private FilmFile() {}

  /** The film of that kind, encoded now if it is not in the directory yet. */
  static Film of(Film.Kind kind, Path directory) throws IOException {
    Path file = directory.resolve(kind.name().replace(' ', '-') + ".film");
    if (!Files.exists(file)) {
      System.err.println("encoding " + kind.name());
      write(Film.shoot(kind), file);
    }
    return read(kind, file);
  }

  private static void write(Film film, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(film.pictures().size());
      for (EncodedPicture picture : film.pictures()) {
        out.writeBoolean(picture.keyframe());
        out.writeInt(picture.annexB().length);
        out.write(picture.annexB());
      }
    }
  }

  private static Film read(Film.Kind kind, Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<EncodedPicture> pictures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        boolean keyframe = in.readBoolean();
        pictures.add(new EncodedPicture(in.readNBytes(in.readInt()), keyframe));
      }
      return new Film(kind, pictures);
    }
  }
}
