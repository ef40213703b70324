package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.IdWidth;

/**
 * What to simulate.
 *
 * @param host name or address of the server
 * @param port its JT/T 1078 port
 * @param terminals how many there are
 * @param firstTerminal number of the first in decimal digits; the others count up from it
 * @param channels how many each has, numbered from 1
 * @param connections whether the channels of a terminal share one connection
 */
public record SimulationOptions(
    String host,
    int port,
    Transport transport,
    int terminals,
    String firstTerminal,
    int channels,
    Connections connections,
    IdWidth idWidth,
    Source source,
    Impairment impairment) {
  /** How the channels of one terminal reach the server. */
  public enum Connections {
    ONE_PER_CHANNEL,
    ONE_PER_TERMINAL
  }

  public SimulationOptions {
    if (terminals < 1 || channels < 1 || channels > 255) {
      throw new IllegalArgumentException(terminals + " terminals with " + channels + " channels");
    }
    if (!firstTerminal.matches("[0-9]{1,12}")) {
      throw new IllegalArgumentException("a terminal has 1 to 12 digits: " + firstTerminal);
    }
  }

  /** One terminal 13912345678 with one channel over TCP, with the standard drawn picture. */
  public static SimulationOptions to(String host, int port) {
    return new SimulationOptions(
        host,
        port,
        Transport.TCP,
        1,
        "13912345678",
        1,
        Connections.ONE_PER_CHANNEL,
        IdWidth.SIX,
        Source.Drawn.standard(),
        Impairment.none());
  }

  public SimulationOptions with(Source other) {
    return new SimulationOptions(
        host,
        port,
        transport,
        terminals,
        firstTerminal,
        channels,
        connections,
        idWidth,
        other,
        impairment);
  }

  public SimulationOptions with(Transport other) {
    return new SimulationOptions(
        host,
        port,
        other,
        terminals,
        firstTerminal,
        channels,
        connections,
        idWidth,
        source,
        impairment);
  }

  public SimulationOptions with(Impairment other) {
    return new SimulationOptions(
        host,
        port,
        transport,
        terminals,
        firstTerminal,
        channels,
        connections,
        idWidth,
        source,
        other);
  }

  public SimulationOptions with(IdWidth other) {
    return new SimulationOptions(
        host,
        port,
        transport,
        terminals,
        firstTerminal,
        channels,
        connections,
        other,
        source,
        impairment);
  }

  public SimulationOptions with(Connections other) {
    return new SimulationOptions(
        host,
        port,
        transport,
        terminals,
        firstTerminal,
        channels,
        other,
        idWidth,
        source,
        impairment);
  }

  /** So many terminals from this number on, with so many channels each. */
  public SimulationOptions withFleet(int count, String first, int channelsEach) {
    return new SimulationOptions(
        host,
        port,
        transport,
        count,
        first,
        channelsEach,
        connections,
        idWidth,
        source,
        impairment);
  }

  /** Number of the terminal at this place, 0 and up, as decimal digits. */
  public String terminal(int index) {
    long number = Long.parseLong(firstTerminal) + index;
    String digits = Long.toString(number);
    int missing = firstTerminal.length() - digits.length();
    return missing > 0 ? "0".repeat(missing) + digits : digits;
  }
}
