package io.roadcast.recorder.still;

import io.roadcast.media.Codec;
import io.roadcast.media.mp4.CodedKeyframe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keyframes to be put side by side, as it goes to the child.
 *
 * @param width of each small picture, even
 * @param pictures row by row
 */
record StillJob(int width, int height, int columns, List<CodedKeyframe> pictures) {
  private static final int MARK = 0x52435354;
  private static final int MAX_PICTURES = 64;
  private static final int MAX_BYTES = 16 << 20;

  int rows() {
    return (pictures.size() + columns - 1) / columns;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(MARK);
    out.writeInt(width);
    out.writeInt(height);
    out.writeInt(columns);
    out.writeInt(pictures.size());
    for (CodedKeyframe picture : pictures) {
      out.writeInt(picture.codec().ordinal());
      write(out, picture.annexB());
    }
    out.flush();
  }

  static StillJob read(DataInputStream in) throws IOException {
    if (in.readInt() != MARK) {
      throw new IOException("no job");
    }
    int width = in.readInt();
    int height = in.readInt();
    int columns = in.readInt();
    int count = in.readInt();
    if (count < 1 || count > MAX_PICTURES) {
      throw new IOException(count + " pictures");
    }
    List<CodedKeyframe> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Codec codec = Codec.values()[in.readInt()];
      pictures.add(new CodedKeyframe(codec, bytes(in)));
    }
    return new StillJob(width, height, columns, pictures);
  }

  static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException(length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
