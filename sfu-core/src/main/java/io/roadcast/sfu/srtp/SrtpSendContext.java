package io.roadcast.sfu.srtp;

/**
 * What an {@link SrtpEngine} keeps for one peer: its keys and, for each SSRC sent, the roll-over
 * counter. Made by an engine and usable with that engine only, by one thread at a time.
 */
public interface SrtpSendContext extends AutoCloseable {
  /** How packets are protected; its {@link SrtpProfile#tagBytes()} is what each grows by. */
  SrtpProfile profile();

  /** Frees what lies outside the heap, if anything. No call may follow. */
  @Override
  void close();
}
