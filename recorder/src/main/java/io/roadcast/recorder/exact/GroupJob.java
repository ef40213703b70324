package io.roadcast.recorder.exact;

import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.GroupRecoder.Picture;
import io.roadcast.media.ffmpeg.GroupRecoder.Target;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A group of pictures that is to begin later.
 *
 * @param codec H264 or H265
 * @param pictures in decoding order, the first a keyframe with its parameter sets
 */
public record GroupJob(Codec codec, Target target, List<Picture> pictures) {
  /** More than a group of a minute has. */
  static final int MAX_PICTURES = 3000;

  /** Of all pictures together. */
  static final int MAX_BYTES = 32 << 20;

  private static final int MARK = 0x52434753;

  public GroupJob {
    pictures = List.copyOf(pictures);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(MARK);
    out.writeInt(codec.ordinal());
    out.writeLong(target.fromMicros());
    out.writeInt(target.frameRate());
    out.writeInt(target.bitRate());
    write(out, pictures);
  }

  static GroupJob read(DataInputStream in) throws IOException {
    if (in.readInt() != MARK) {
      throw new IOException("no job");
    }
    Codec codec = Codec.values()[in.readInt()];
    Target target = new Target(in.readLong(), in.readInt(), in.readInt());
    return new GroupJob(codec, target, pictures(in));
  }

  static void write(DataOutputStream out, List<Picture> pictures) throws IOException {
    out.writeInt(pictures.size());
    for (Picture picture : pictures) {
      out.writeLong(picture.timeMicros());
      out.writeInt(picture.annexB().length);
      out.write(picture.annexB());
    }
    out.flush();
  }

  /**
   * @throws IOException also if they are more than anybody wants
   */
  static List<Picture> pictures(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_PICTURES) {
      throw new IOException(count + " pictures");
    }
    List<Picture> pictures = new ArrayList<>();
    int left = MAX_BYTES;
    for (int i = 0; i < count; i++) {
      long timeMicros = in.readLong();
      int length = in.readInt();
      if (length < 0 || length > left) {
        throw new IOException(length + " bytes");
      }
      left -= length;
      byte[] annexB = new byte[length];
      in.readFully(annexB);
      pictures.add(new Picture(timeMicros, annexB));
    }
    return pictures;
  }
}
