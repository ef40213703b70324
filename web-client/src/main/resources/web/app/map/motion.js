/** Moves markers to new places smoothly instead of letting them jump. Times in ms; no document. */
const GLIDE_MS = 900;
/** Farther than this (degrees) is not a drive but a correction, a backlog or another vehicle. */
const FARTHEST = 0.02;

export class Motion {
  #legs = new Map();
  #still;

  /** @param still true where nothing may move by itself (`prefers-reduced-motion`) */
  constructor({ still = false } = {}) {
    this.#still = still;
  }

  /** Tells where somebody is now. */
  update(key, latitude, longitude, now) {
    const leg = this.#legs.get(key);
    if (leg && leg.to.latitude === latitude && leg.to.longitude === longitude) return;
    const to = { latitude, longitude };
    const from = leg ? placeOn(leg, now) : to;
    const far = Math.abs(from.latitude - latitude) > FARTHEST || Math.abs(from.longitude - longitude) > FARTHEST;
    this.#legs.set(key, { from: far || this.#still ? to : from, to, start: now });
  }

  at(key, now) {
    const leg = this.#legs.get(key);
    return leg ? placeOn(leg, now) : null;
  }

  /** True while any marker is under way. */
  moving(now) {
    for (const leg of this.#legs.values()) if (leg.from !== leg.to && now - leg.start < GLIDE_MS) return true;
    return false;
  }

  keepOnly(keys) {
    for (const key of this.#legs.keys()) if (!keys.has(key)) this.#legs.delete(key);
  }
}

function placeOn({ from, to, start }, now) {
  const t = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
  if (t === 1 || from === to) return to;
  const eased = t * t * (3 - 2 * t);
  return { latitude: from.latitude + (to.latitude - from.latitude) * eased, longitude: from.longitude + (to.longitude - from.longitude) * eased };
}
