package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x0005, from the terminal: asks the platform to send parts of a sub-packaged message again.
 *
 * @param firstSerial serial number of the message's first part
 * @param indexes of the missing parts, from 1; at most 255 before 2019
 */
public record TerminalPackageRequest(int firstSerial, List<Integer> indexes)
    implements Jt808Message {
  public static final int ID = 0x0005;

  static final MessageCodec<TerminalPackageRequest> CODEC =
      MessageCodec.byLayout(
          ID,
          TerminalPackageRequest.class,
          PackageIndexes::layout,
          TerminalPackageRequest::read,
          TerminalPackageRequest::write);

  public TerminalPackageRequest {
    indexes = List.copyOf(indexes);
  }

  @Override
  public int id() {
    return ID;
  }

  private static TerminalPackageRequest read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    return new TerminalPackageRequest(in.u16(), PackageIndexes.read(in, layout));
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    out.u16(firstSerial);
    PackageIndexes.write(indexes, out, layout);
  }
}
