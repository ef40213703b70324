/**
 * Waiting times between attempts: doubling from `firstMs` to `longestMs`, each drawn from the upper half of its range so
 * that many players which lost the same server do not return in the same instant.
 */
export class Backoff {
  #attempts = 0;
  #firstMs;
  #longestMs;
  #random;

  constructor({ firstMs = 500, longestMs = 30_000, random = Math.random } = {}) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
    this.#random = random;
  }

  /** Attempts that were asked for since the last reset. */
  get attempts() {
    return this.#attempts;
  }

  /** Milliseconds until the next attempt; never less than `atLeastMs` (a server's Retry-After). */
  next(atLeastMs = 0) {
    const ceiling = Math.min(this.#longestMs, this.#firstMs * 2 ** Math.min(this.#attempts, 30));
    this.#attempts += 1;
    const drawn = ceiling / 2 + (this.#random() * ceiling) / 2;
    return Math.round(atLeastMs > 0 ? atLeastMs + Math.min(drawn, atLeastMs / 2) : drawn);
  }

  /** Call when the connection has proved itself. */
  reset() {
    this.#attempts = 0;
  }
}
