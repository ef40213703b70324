import { newestFirst } from './event.js';

/** More are not shown; older ones are found by the filters and the API. */
const MOST = 1000;

/** The safety events that the page knows; `ms` is their time as a number. Event: `change`; `fresh` (detail: an event that has just been told). */
export class EventDirectory extends EventTarget {
  #byId = new Map();
  #sorted = null;

  /** Newest first. */
  all() {
    this.#sorted ??= [...this.#byId.values()].sort(newestFirst);
    return this.#sorted;
  }

  get(id) {
    return this.#byId.get(id) ?? null;
  }

  /** What the server lists; what was told meanwhile stays. */
  add(events) {
    for (const event of events) this.#put(event);
    this.#changed();
  }

  /** Told by the push channel. */
  accept(event) {
    const fresh = !this.#byId.has(event.id);
    this.#put(event);
    this.#changed();
    // In a flood, one that was sent late may have been the oldest of too many.
    if (fresh && this.#byId.has(event.id)) this.dispatchEvent(new CustomEvent('fresh', { detail: this.#byId.get(event.id) }));
  }

  #put(event) {
    const known = { ...this.#byId.get(event.id), ...event };
    this.#byId.set(event.id, Object.assign(known, { ms: Date.parse(known.timestamp) }));
  }

  #changed() {
    this.#sorted = null;
    if (this.#byId.size > MOST * 1.2) {
      for (const { id } of this.all().slice(MOST)) this.#byId.delete(id);
      this.#sorted = null;
    }
    this.dispatchEvent(new Event('change'));
  }
}
