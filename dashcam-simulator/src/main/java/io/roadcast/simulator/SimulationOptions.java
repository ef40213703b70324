package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.IdWidth;
import org.jspecify.annotations.Nullable;

/**
 * What to simulate.
 *
 * @param server where media that nobody asked for go
 * @param signalling how the terminals speak JT/T 808 and send media when asked; null for terminals
 *     that only send, unasked
 */
public record SimulationOptions(
    Server server,
    Fleet fleet,
    Wire wire,
    Source source,
    Impairment impairment,
    @Nullable Signalling signalling) {
  /** How the channels of one terminal reach the server. */
  public enum Connections {
    ONE_PER_CHANNEL,
    ONE_PER_TERMINAL
  }

  /**
   * @param host name or address
   * @param port its JT/T 1078 port
   */
  public record Server(String host, int port) {}

  /**
   * @param terminals how many there are
   * @param first number of the first in decimal digits; the others count up from it
   * @param channels how many each has, numbered from 1
   */
  public record Fleet(int terminals, String first, int channels) {
    public Fleet {
      if (terminals < 1 || channels < 1 || channels > 255) {
        throw new IllegalArgumentException(terminals + " terminals with " + channels + " channels");
      }
      if (!first.matches("[0-9]{1,12}")) {
        throw new IllegalArgumentException("a terminal has 1 to 12 digits: " + first);
      }
    }

    /** Number of the terminal at this place, 0 and up, as decimal digits. */
    public String terminal(int index) {
      long number = Long.parseLong(first) + index;
      String digits = Long.toString(number);
      int missing = first.length() - digits.length();
      return missing > 0 ? "0".repeat(missing) + digits : digits;
    }
  }

  /**
   * How media go over the wire.
   *
   * @param connections whether the channels of a terminal share one connection; only where nobody
   *     asks for them
   */
  public record Wire(Transport transport, Connections connections, IdWidth idWidth) {}

  /** One terminal 13912345678 with one channel over TCP, unasked, the standard drawn picture. */
  public static SimulationOptions to(String host, int port) {
    return new SimulationOptions(
        new Server(host, port),
        new Fleet(1, "13912345678", 1),
        new Wire(Transport.TCP, Connections.ONE_PER_CHANNEL, IdWidth.SIX),
        Source.Drawn.standard(),
        Impairment.none(),
        null);
  }

  public SimulationOptions with(Source other) {
    return new SimulationOptions(server, fleet, wire, other, impairment, signalling);
  }

  public SimulationOptions with(Impairment other) {
    return new SimulationOptions(server, fleet, wire, source, other, signalling);
  }

  /** Terminals that speak JT/T 808 and send media only when asked. */
  public SimulationOptions with(Signalling other) {
    return new SimulationOptions(server, fleet, wire, source, impairment, other);
  }

  public SimulationOptions with(Wire other) {
    return new SimulationOptions(server, fleet, other, source, impairment, signalling);
  }

  public SimulationOptions with(Transport other) {
    return with(new Wire(other, wire.connections, wire.idWidth));
  }

  public SimulationOptions with(IdWidth other) {
    return with(new Wire(wire.transport, wire.connections, other));
  }

  public SimulationOptions with(Connections other) {
    return with(new Wire(wire.transport, other, wire.idWidth));
  }

  /** So many terminals from this number on, with so many channels each. */
  public SimulationOptions withFleet(int count, String first, int channelsEach) {
    Fleet other = new Fleet(count, first, channelsEach);
    return new SimulationOptions(server, other, wire, source, impairment, signalling);
  }
}
