package io.roadcast.recorder.still;

import io.roadcast.media.ffmpeg.FfmpegException;
import io.roadcast.media.ffmpeg.SpriteSheet;
import io.roadcast.media.mp4.CodedKeyframe;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * The program of the child: reads jobs, answers each with a JPEG, or with nothing where none of the
 * pictures can be decoded. It ends with its standard input.
 */
public final class StillChild {
  private static final int BUFFER_BYTES = 1 << 16;

  private StillChild() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) {
    DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER_BYTES));
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES));
    // Whatever else is printed must not come between the answers.
    System.setOut(System.err);
    int status = 0;
    try {
      while (true) {
        StillJob.write(out, work(StillJob.read(in)));
        out.flush();
      }
    } catch (IOException end) {
      status = 1;
    }
    // Not exit: nothing is to be waited for, least of all native code that hangs.
    Runtime.getRuntime().halt(status);
  }

  private static byte[] work(StillJob job) {
    int done = 0;
    try (SpriteSheet sheet =
        new SpriteSheet(job.width(), job.height(), job.columns(), job.rows())) {
      for (int i = 0; i < job.pictures().size(); i++) {
        CodedKeyframe picture = job.pictures().get(i);
        try {
          sheet.put(picture.codec(), picture.annexB(), i);
          done++;
        } catch (FfmpegException damaged) {
          // Its place stays black.
          System.err.println(damaged.getMessage());
        }
      }
      return done == 0 ? new byte[0] : sheet.jpeg();
    }
  }
}
