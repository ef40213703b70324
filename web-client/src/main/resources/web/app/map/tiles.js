import { TILE_SIZE } from './mercator.js';

const KEPT = 256;
const HIGHEST_ZOOM = 19;

/**
 * Pictures from a tile server, if one is configured: `https://tiles.example.net/{z}/{x}/{y}.png`. What is not loaded yet is
 * drawn from a coarser tile that is, so that zooming never leaves holes.
 */
export class Tiles {
  #template;
  #loaded = new Map();
  #arrived;
  #broken = 0;

  /** @param arrived called when a picture came in or could not be had */
  constructor(template, arrived) {
    this.#template = template;
    this.#arrived = arrived;
  }

  /** True while the tile server gives nothing at all. */
  get failing() {
    return this.#broken > 0 && ![...this.#loaded.values()].some((image) => image.naturalWidth > 0);
  }

  draw(context, camera) {
    const zoom = Math.min(HIGHEST_ZOOM, Math.max(0, Math.round(camera.zoom)));
    const count = 2 ** zoom;
    const size = TILE_SIZE * 2 ** (camera.zoom - zoom);
    const { x: left, y: top } = camera.origin;
    for (let row = Math.max(0, Math.floor(top / size)); row * size < top + camera.height && row < count; row++) {
      for (let column = Math.floor(left / size); column * size < left + camera.width; column++) {
        this.#drawOne(context, zoom, ((column % count) + count) % count, row, column * size - left, row * size - top, size);
      }
    }
  }

  #drawOne(context, zoom, x, y, left, top, size) {
    this.#get(zoom, x, y, true);
    for (let up = 0; up <= Math.min(5, zoom); up++) {
      const image = this.#get(zoom - up, x >> up, y >> up, false);
      if (!image?.complete || image.naturalWidth === 0) continue;
      const part = image.naturalWidth / 2 ** up;
      context.drawImage(image, (x % 2 ** up) * part, (y % 2 ** up) * part, part, part, left, top, size + 0.6, size + 0.6);
      return;
    }
  }

  #get(zoom, x, y, load) {
    const key = `${zoom}/${x}/${y}`;
    const known = this.#loaded.get(key);
    if (known || !load) return known;
    const image = new Image();
    image.onload = () => this.#arrived();
    image.onerror = () => { this.#broken += 1; this.#arrived(); };
    image.src = tileAddress(this.#template, zoom, x, y);
    this.#loaded.set(key, image);
    if (this.#loaded.size > KEPT) this.#loaded.delete(this.#loaded.keys().next().value);
    return image;
  }
}

export function tileAddress(template, zoom, x, y) {
  return template.replace('{z}', zoom).replace('{x}', x).replace('{y}', y).replace('{-y}', 2 ** zoom - 1 - y);
}
