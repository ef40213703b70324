package io.roadcast.jtt.jt808;

import java.util.List;

/**
 * 0x1205, from the terminal: which recordings it has (JT/T 1078).
 *
 * @param replySerial serial number of the message that is answered
 * @param total how many recordings the terminal announces; there may be fewer here
 */
public record ResourceList(int replySerial, long total, List<Resource> resources)
    implements Jt808Answer {
  public static final int ID = 0x1205;

  static final MessageCodec<ResourceList> CODEC =
      MessageCodec.of(ID, ResourceList.class, ResourceList::read, ResourceList::write);

  @Override
  public int id() {
    return ID;
  }

  public ResourceList {
    resources = List.copyOf(resources);
  }

  /** A list of exactly these. */
  public static ResourceList of(int replySerial, List<Resource> resources) {
    return new ResourceList(replySerial, resources.size(), resources);
  }

  private static ResourceList read(BodyReader in) throws MalformedMessageException {
    int replySerial = in.u16();
    long total = in.u32();
    return new ResourceList(
        replySerial, total, in.listOfWhole(total, Resource.BYTES, Resource::read));
  }

  private void write(BodyWriter out) {
    out.u16(replySerial).u32(total).list(resources, Resource::write);
  }
}
