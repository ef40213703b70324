package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x8003, to the terminal: asks the terminal to send parts of a sub-packaged message again.
 *
 * @param firstSerial serial number of the message's first part
 * @param indexes of the missing parts, from 1; at most 255 before 2019
 */
public record PlatformPackageRequest(int firstSerial, List<Integer> indexes)
    implements Jt808Message {
  public static final int ID = 0x8003;

  static final MessageCodec<PlatformPackageRequest> CODEC =
      MessageCodec.byLayout(
          ID,
          PlatformPackageRequest.class,
          PackageIndexes::layout,
          PlatformPackageRequest::read,
          PlatformPackageRequest::write);

  public PlatformPackageRequest {
    indexes = List.copyOf(indexes);
  }

  @Override
  public int id() {
    return ID;
  }

  private static PlatformPackageRequest read(BodyReader in, ProtocolVersion layout)
      throws MalformedMessageException {
    return new PlatformPackageRequest(in.u16(), PackageIndexes.read(in, layout));
  }

  private void write(BodyWriter out, ProtocolVersion layout) {
    out.u16(firstSerial);
    PackageIndexes.write(indexes, out, layout);
  }
}
