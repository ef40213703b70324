package io.roadcast.jtt.jt808;

import java.util.ArrayList;
import java.util.List;

/**
 * Bodies to records and back. What is read is written again as the same bytes, when it is written
 * in the layout in which it was read, with the rest that was read.
 */
public final class Jt808Codec {
  private Jt808Codec() {}

  /**
   * Reads the body of an unencrypted message that is complete in one frame.
   *
   * @throws MalformedMessageException if the body breaks its layout, or is encrypted
   */
  public static DecodedMessage decode(Jt808Frame frame) throws MalformedMessageException {
    Jt808Header header = frame.header();
    return decode(header, frame.body(), header.version());
  }

  /**
   * Reads a whole body.
   *
   * @param header of the frame, or of a sub-packaged message's first part
   * @param version of the header, or an older one for a terminal known to send older bodies
   * @throws MalformedMessageException if the body breaks its layout, or is encrypted
   */
  public static DecodedMessage decode(Jt808Header header, Bytes body, ProtocolVersion version)
      throws MalformedMessageException {
    if (header.encryption() != 0) {
      throw new MalformedMessageException(
          BodyFault.ENCRYPTED_BODY, "encryption " + header.encryption());
    }
    return decode(header.messageId(), body, version);
  }

  /**
   * Reads a body. Where editions cannot be told apart by the header, the body's own lengths decide,
   * and {@link DecodedMessage#layout()} says how.
   *
   * @throws MalformedMessageException if the body breaks its layout
   */
  public static DecodedMessage decode(int messageId, Bytes body, ProtocolVersion version)
      throws MalformedMessageException {
    MessageCodec<?> codec = MessageCodecs.find(messageId);
    if (codec == null) {
      return new DecodedMessage(new UnknownMessage(messageId, body), version, Bytes.EMPTY);
    }
    ProtocolVersion layout = codec.layout(body, version);
    BodyReader in = new BodyReader(body);
    Jt808Message message = codec.read(in, layout);
    return new DecodedMessage(message, layout, in.rest());
  }

  /**
   * Writes a body, of any length.
   *
   * @throws IllegalArgumentException if a value does not fit its field
   */
  public static Bytes encodeBody(Jt808Message message, ProtocolVersion layout) {
    if (message instanceof UnknownMessage unknown) {
      return unknown.body();
    }
    MessageCodec<?> codec = MessageCodecs.find(message.id());
    if (codec == null) {
      throw new IllegalStateException("no codec for " + message.getClass());
    }
    BodyWriter out = new BodyWriter();
    codec.write(message, out, layout);
    return out.written();
  }

  /**
   * Writes a message as frames: one, or as many as its body needs, with consecutive serial numbers.
   *
   * @param phone its width decides the header's edition
   * @param serial of the first frame; the next message gets this plus the number of frames, modulo
   *     {@link Jt808Header#SERIALS}
   * @param layout the body's edition
   * @throws IllegalArgumentException if a value does not fit its field
   */
  public static List<Bytes> encode(
      Jt808Message message, TerminalPhone phone, int serial, ProtocolVersion layout) {
    return encode(Jt808Header.of(message.id(), phone, serial), encodeBody(message, layout));
  }

  /** Writes a body under a header, split where it is too long for one frame. */
  static List<Bytes> encode(Jt808Header header, Bytes body) {
    int total = (body.length() + Jt808Header.MAX_BODY_BYTES - 1) / Jt808Header.MAX_BODY_BYTES;
    if (total <= 1) {
      return List.of(Jt808FrameEncoder.encode(header, body));
    }
    if (total >= Jt808Header.SERIALS) {
      throw new IllegalArgumentException("a body of " + body.length() + " bytes");
    }
    List<Bytes> frames = new ArrayList<>(total);
    for (int index = 1; index <= total; index++) {
      int from = (index - 1) * Jt808Header.MAX_BODY_BYTES;
      int length = Math.min(Jt808Header.MAX_BODY_BYTES, body.length() - from);
      frames.add(Jt808FrameEncoder.encode(header.part(index, total), body.slice(from, length)));
    }
    return List.copyOf(frames);
  }
}
