/**
 * A software terminal: sends JT/T 1078-2016 video and sound in real time, drawn or from a file, for
 * any number of terminals and channels, over TCP or UDP. {@code Simulation} for programs, {@code
 * SimulateCommand} for people. Packets are written by the server's own encoder, so what it sends
 * says nothing about the correctness of the wire format; captures of real terminals do.
 */
@NullMarked
package io.roadcast.simulator;

import org.jspecify.annotations.NullMarked;
