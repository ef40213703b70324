package io.roadcast.sfu.transcode;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A child that answers, but says that its work has been in a loop for long. */
final class LoopingChild {
  private LoopingChild() {}

  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    ChildMessage.of(ChildMessage.Kind.READY).write(out);
    out.flush();
    ChildHealth stuck = new ChildHealth(0, 0, 2_000_000_000);
    for (ChildMessage got = ChildMessage.read(in); got != null; got = ChildMessage.read(in)) {
      if (got.kind() == ChildMessage.Kind.PING) {
        new ChildMessage(ChildMessage.Kind.PONG, 0, stuck.toBytes()).write(out);
        out.flush();
      }
    }
  }
}
