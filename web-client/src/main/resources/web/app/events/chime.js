/** Tones by severity: two pairs high for critical, one pair for a warning, one soft for information. */
const TONES = { critical: [[0, 988], [0.13, 1319], [0.34, 988], [0.47, 1319]], warning: [[0, 784], [0.15, 659]], info: [[0, 523]] };
const REST_MS = 1200;

/** Sounds for alarms, once the operator has asked for them; a browser allows none before a click. */
export class Chime {
  #context = null;
  #last = -Infinity;

  on() {
    this.#context ??= new AudioContext();
    this.#context.resume();
  }

  /** Many alarms at once are one sound. */
  ring(severity) {
    if (!this.#context || performance.now() - this.#last < REST_MS) return;
    this.#last = performance.now();
    for (const [after, pitch] of TONES[severity] ?? TONES.info) this.#tone(this.#context.currentTime + after, pitch, severity === 'info' ? 0.05 : 0.16);
  }

  #tone(start, pitch, loudness) {
    const oscillator = this.#context.createOscillator();
    const gain = this.#context.createGain();
    oscillator.frequency.value = pitch;
    gain.gain.setValueAtTime(loudness, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + 0.12);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(start);
    oscillator.stop(start + 0.13);
  }
}
