package io.roadcast.jtt.jt808;

import java.util.ArrayList;
import java.util.List;

/** Reads the fields of a message's body from front to back; big-endian, unsigned. */
public final class BodyReader {
  /** Reads one element of a list. */
  @FunctionalInterface
  public interface Element<T> {
    T read(BodyReader in) throws MalformedMessageException;
  }

  private final Bytes body;
  private int at;

  public BodyReader(Bytes body) {
    this.body = body;
  }

  public int remaining() {
    return body.length() - at;
  }

  public boolean isAtEnd() {
    return remaining() == 0;
  }

  public int u8() throws MalformedMessageException {
    return body.at(advance(1));
  }

  public int u16() throws MalformedMessageException {
    return (int) number(2);
  }

  public long u32() throws MalformedMessageException {
    return number(4);
  }

  public long u64() throws MalformedMessageException {
    return number(8);
  }

  public TerminalTime time() throws MalformedMessageException {
    return new TerminalTime(number(6));
  }

  public Bytes bytes(int count) throws MalformedMessageException {
    return body.slice(advance(count), count);
  }

  /** All that remains. */
  public Bytes rest() {
    Bytes rest = body.slice(at, remaining());
    at = body.length();
    return rest;
  }

  /** A text of fixed width. */
  public GbkText text(int width) throws MalformedMessageException {
    return new GbkText(bytes(width));
  }

  /** A text after a BYTE that holds its length. */
  public GbkText sizedText() throws MalformedMessageException {
    return text(u8());
  }

  /** All that remains, as text. */
  public GbkText restText() {
    return new GbkText(rest());
  }

  /** So many elements, one after another. */
  public <T> List<T> list(int count, Element<T> element) throws MalformedMessageException {
    List<T> list = new ArrayList<>(Math.min(count, remaining()));
    for (int i = 0; i < count; i++) {
      list.add(element.read(this));
    }
    return List.copyOf(list);
  }

  /** At most so many elements of a fixed size, as long as whole ones remain. */
  <T> List<T> listOfWhole(long most, int elementBytes, Element<T> element)
      throws MalformedMessageException {
    return list((int) Math.min(most, remaining() / elementBytes), element);
  }

  /** All that remains, without moving on. */
  Bytes ahead() {
    return body.slice(at, remaining());
  }

  /** A byte further on, without moving on. */
  int peek(int offset) {
    return body.at(at + offset);
  }

  private long number(int count) throws MalformedMessageException {
    int from = advance(count);
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << 8 | body.at(i);
    }
    return value;
  }

  private int advance(int count) throws MalformedMessageException {
    if (count > remaining()) {
      throw new MalformedMessageException(
          BodyFault.TRUNCATED_BODY, count + " bytes expected at " + at + " of " + body.length());
    }
    int from = at;
    at += count;
    return from;
  }
}
