package io.roadcast.fleet.access;

/** What an action is done to. */
public sealed interface Resource {
  /** Everything on this server. */
  record Whole() implements Resource {}

  /**
   * A terminal with all its channels.
   *
   * @param terminal its digits without leading zeros
   */
  record OfTerminal(String terminal) implements Resource {}

  /**
   * A stream in all its qualities.
   *
   * @param stream its name in normal form, such as "13912345678-1"
   */
  record OfStream(String stream) implements Resource {}

  static Resource whole() {
    return new Whole();
  }

  static Resource terminal(String terminal) {
    return new OfTerminal(terminal);
  }

  static Resource stream(String stream) {
    return new OfStream(stream);
  }

  /** Whether who may do something to this resource may thereby do it to the other one. */
  default boolean includes(Resource other) {
    return switch (this) {
      case Whole everything -> true;
      case OfTerminal(String terminal) ->
          switch (other) {
            case OfTerminal(String same) -> same.equals(terminal);
            case OfStream(String stream) -> terminalOf(stream).equals(terminal);
            case Whole everything -> false;
          };
      case OfStream stream -> other.equals(stream);
    };
  }

  private static String terminalOf(String stream) {
    int dash = stream.lastIndexOf('-');
    return dash < 0 ? "" : stream.substring(0, dash);
  }
}
