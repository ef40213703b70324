import { nextRecorded } from './moments.js';

const TICK_MS = 200;
/** A picture that much ahead of the clock has gone over a gap. */
const GAP_MS = 1500;

/**
 * Several channels at one moment. The first player that has pictures leads, the others follow; where none has any, the
 * clock goes on to the next moment that one of them has.
 *
 * Events: `tick` (the moment, or whether it plays, has changed), `end` (there is nothing behind it).
 */
export class InStep extends EventTarget {
  #players = [];
  #lines = [];
  #wall = 0;
  #playing = false;
  #rate = 1;

  constructor() {
    super();
    setInterval(() => this.#tick(), TICK_MS);
  }

  get wall() {
    return this.#wall;
  }

  get playing() {
    return this.#playing;
  }

  get rate() {
    return this.#rate;
  }

  set rate(rate) {
    this.#rate = rate;
    this.#run();
  }

  /** Players and their lines, in the same order. */
  set(players, lines) {
    this.#players = players;
    this.#lines = lines;
    if (players.length > 0) this.seek(this.#wall);
  }

  /** The lines have grown. */
  set lines(lines) {
    this.#lines = lines;
  }

  seek(wall) {
    this.#wall = wall;
    for (const player of this.#players) player.show(wall);
    this.#run();
    this.#emit('tick');
  }

  play() {
    const from = nextRecorded(this.#lines, this.#wall);
    if (from === null) {
      this.#emit('end');
      return;
    }
    this.#playing = true;
    if (from === this.#wall) this.#run();
    else this.seek(from);
    this.#emit('tick');
  }

  pause() {
    this.#playing = false;
    this.#run();
    this.#emit('tick');
  }

  #run() {
    const leader = this.#leader();
    const waits = this.#players.some((player) => player.has(this.#wall) && player !== leader && player.waiting && this.#playing);
    for (const player of this.#players) player.run(this.#playing && player.has(this.#wall) && !(waits && player === leader), this.#rate);
  }

  #leader() {
    return this.#players.find((player) => player.has(this.#wall)) ?? null;
  }

  #tick() {
    if (!this.#playing || this.#players.length === 0) return;
    const leader = this.#leader();
    if (leader === null) {
      this.#goOn();
      return;
    }
    const seen = leader.wall;
    if (seen === null) return;
    if (leader.video.ended || leader.loadedUntil - seen < 50) {
      this.#atEndOfWindow(leader);
      return;
    }
    // The others may have pictures of the time that the leader has none of.
    const over = seen - this.#wall > GAP_MS * Math.max(1, this.#rate) ? nextRecorded(this.#lines.slice(1), this.#wall + 1) : null;
    this.#wall = over !== null && over < seen && !leader.has(this.#wall + GAP_MS) ? over : seen;
    for (const player of this.#players) if (player !== leader) player.follow(this.#wall);
    this.#run();
    this.#emit('tick');
  }

  #goOn() {
    const next = nextRecorded(this.#lines, this.#wall);
    if (next === null) {
      this.pause();
      this.#emit('end');
    } else {
      this.seek(next);
    }
  }

  /** What is loaded is over: what follows is loaded, or what has grown. */
  #atEndOfWindow(leader) {
    const end = leader.loadedUntil;
    if (leader.has(end + 100)) {
      leader.reload(end + 100);
      this.#wall = end + 100;
      this.#run();
    } else {
      this.#wall = Math.max(this.#wall, end) + 100;
      this.#goOn();
    }
  }

  #emit(type) {
    this.dispatchEvent(new Event(type));
  }
}
