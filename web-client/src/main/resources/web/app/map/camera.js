import { MAX_LATITUDE, clamp, metresPerPixel, project, unproject, worldSize, wrapLongitude } from './mercator.js';

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 19;
const CLOSEST_FIT = 16;

/** What part of the world a canvas of width x height (CSS pixels) shows. Immutable; every move gives a new camera. */
export class Camera {
  #centre;

  constructor({ latitude = 20, longitude = 100, zoom = 3, width = 0, height = 0 } = {}) {
    this.latitude = clamp(latitude, -MAX_LATITUDE, MAX_LATITUDE);
    this.longitude = wrapLongitude(longitude);
    this.zoom = clamp(zoom, MIN_ZOOM, MAX_ZOOM);
    this.width = width;
    this.height = height;
    this.#centre = project(this.latitude, this.longitude, this.zoom);
    Object.freeze(this);
  }

  /** Where a place is on the canvas, on the copy of the world that is nearest to its middle. */
  toScreen(latitude, longitude) {
    const size = worldSize(this.zoom);
    const world = project(latitude, longitude, this.zoom);
    let x = world.x - this.#centre.x;
    x -= Math.round(x / size) * size;
    return { x: x + this.width / 2, y: world.y - this.#centre.y + this.height / 2 };
  }

  fromScreen(x, y) {
    return unproject(this.#centre.x + x - this.width / 2, this.#centre.y + y - this.height / 2, this.zoom);
  }

  /** World pixels of the canvas' upper left corner. */
  get origin() {
    return { x: this.#centre.x - this.width / 2, y: this.#centre.y - this.height / 2 };
  }

  get metresPerPixel() {
    return metresPerPixel(this.latitude, this.zoom);
  }

  resized(width, height) {
    return this.#with({ width, height });
  }

  centredOn(latitude, longitude) {
    return this.#with({ latitude, longitude });
  }

  /** Moves what is shown by so many pixels, as a hand does that drags the map. */
  panned(dx, dy) {
    return this.#with(this.fromScreen(this.width / 2 - dx, this.height / 2 - dy));
  }

  /** Zooms by `steps` (each doubles) and keeps the place under (x, y) there. */
  zoomedAt(x, y, steps) {
    const zoom = clamp(this.zoom + steps, MIN_ZOOM, MAX_ZOOM);
    const anchor = this.fromScreen(x, y);
    const after = this.#with({ zoom });
    const moved = after.toScreen(anchor.latitude, anchor.longitude);
    return after.panned(x - moved.x, y - moved.y);
  }

  /** Shows all these places with `padding` pixels around them; no place changes nothing. */
  fitted(places, padding = 56) {
    if (places.length === 0 || this.width === 0) return this;
    const start = places[0].longitude;
    let [west, east, south, north] = [0, 0, 90, -90];
    for (const { latitude, longitude } of places) {
      const offset = wrapLongitude(longitude - start);
      west = Math.min(west, offset);
      east = Math.max(east, offset);
      south = Math.min(south, latitude);
      north = Math.max(north, latitude);
    }
    const a = project(north, 0, 0);
    const b = project(south, 0, 0);
    const room = { x: Math.max(40, this.width - 2 * padding), y: Math.max(40, this.height - 2 * padding) };
    const zoom = Math.min(
      Math.log2(room.x / Math.max(1e-9, ((east - west) / 360) * worldSize(0))),
      Math.log2(room.y / Math.max(1e-9, b.y - a.y)),
      CLOSEST_FIT,
    );
    const middle = unproject(0, (a.y + b.y) / 2, 0);
    return this.#with({ latitude: middle.latitude, longitude: start + (west + east) / 2, zoom });
  }

  contains({ latitude, longitude }, margin = 0) {
    const { x, y } = this.toScreen(latitude, longitude);
    return x >= margin && y >= margin && x <= this.width - margin && y <= this.height - margin;
  }

  #with(changes) {
    const { latitude, longitude, zoom, width, height } = this;
    return new Camera({ latitude, longitude, zoom, width, height, ...changes });
  }
}
