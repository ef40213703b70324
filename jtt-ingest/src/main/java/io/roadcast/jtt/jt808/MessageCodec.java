package io.roadcast.jtt.jt808;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * How the body of one kind of message is read and written.
 *
 * @param <M> the message's record
 */
final class MessageCodec<M extends Jt808Message> {
  /** Reads a body whose layout depends on the edition. */
  @FunctionalInterface
  interface LayoutReader<M> {
    M read(BodyReader in, ProtocolVersion layout) throws MalformedMessageException;
  }

  /** Writes a body whose layout depends on the edition. */
  @FunctionalInterface
  interface LayoutWriter<M> {
    void write(M message, BodyWriter out, ProtocolVersion layout);
  }

  /** Tells the layout from the body where the header does not. */
  @FunctionalInterface
  interface LayoutRule {
    ProtocolVersion layout(Bytes body, ProtocolVersion version);
  }

  private final int id;
  private final Class<M> type;
  private final LayoutRule rule;
  private final LayoutReader<M> reader;
  private final LayoutWriter<M> writer;

  private MessageCodec(
      int id, Class<M> type, LayoutRule rule, LayoutReader<M> reader, LayoutWriter<M> writer) {
    this.id = id;
    this.type = type;
    this.rule = rule;
    this.reader = reader;
    this.writer = writer;
  }

  /** A body that is the same in every edition. */
  static <M extends Jt808Message> MessageCodec<M> of(
      int id, Class<M> type, BodyReader.Element<M> reader, BiConsumer<M, BodyWriter> writer) {
    return new MessageCodec<>(
        id,
        type,
        (body, version) -> version,
        (in, layout) -> reader.read(in),
        (message, out, layout) -> writer.accept(message, out));
  }

  /** A body that differs between editions. */
  static <M extends Jt808Message> MessageCodec<M> byLayout(
      int id, Class<M> type, LayoutReader<M> reader, LayoutWriter<M> writer) {
    return new MessageCodec<>(id, type, (body, version) -> version, reader, writer);
  }

  /** A body that differs between editions, which its lengths tell. */
  static <M extends Jt808Message> MessageCodec<M> byLayout(
      int id, Class<M> type, LayoutRule rule, LayoutReader<M> reader, LayoutWriter<M> writer) {
    return new MessageCodec<>(id, type, rule, reader, writer);
  }

  /** No body. */
  static <M extends Jt808Message> MessageCodec<M> empty(
      int id, Class<M> type, Supplier<M> message) {
    return of(id, type, in -> message.get(), (each, out) -> {});
  }

  int id() {
    return id;
  }

  /** The edition whose layout a body has. */
  ProtocolVersion layout(Bytes body, ProtocolVersion version) {
    return rule.layout(body, version);
  }

  M read(BodyReader in, ProtocolVersion layout) throws MalformedMessageException {
    return reader.read(in, layout);
  }

  void write(Jt808Message message, BodyWriter out, ProtocolVersion layout) {
    writer.write(type.cast(message), out, layout);
  }
}
