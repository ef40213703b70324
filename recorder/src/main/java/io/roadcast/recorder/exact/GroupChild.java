package io.roadcast.recorder.exact;

import io.roadcast.media.ffmpeg.FfmpegException;
import io.roadcast.media.ffmpeg.GroupRecoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The program of the child: reads one job, answers with the pictures that became of it. */
public final class GroupChild {
  private static final int BUFFER_BYTES = 1 << 16;

  private GroupChild() {}

  /** Runs for one job. */
  public static void main(String[] arguments) {
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES));
    // Whatever else is printed must not come between the pictures.
    System.setOut(System.err);
    int status = 0;
    try {
      GroupJob job =
          GroupJob.read(
              new DataInputStream(
                  new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER_BYTES)));
      GroupJob.write(out, GroupRecoder.recode(job.codec(), job.pictures(), job.target()));
    } catch (IOException | FfmpegException failure) {
      System.err.println(failure.getMessage());
      status = 1;
    }
    // Not exit: nothing is to be waited for, least of all native code that hangs.
    Runtime.getRuntime().halt(status);
  }
}
