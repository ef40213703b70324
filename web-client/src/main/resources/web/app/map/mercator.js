/** Web Mercator (EPSG:3857) on a square of 256 * 2^zoom pixels, origin at 85.05 N, 180 W; y grows to the south. */
export const MAX_LATITUDE = 85.051129;
export const TILE_SIZE = 256;

const EQUATOR_METRES = 40_075_016.686;

export function worldSize(zoom) {
  return TILE_SIZE * 2 ** zoom;
}

export function project(latitude, longitude, zoom) {
  const size = worldSize(zoom);
  const sine = Math.sin((clamp(latitude, -MAX_LATITUDE, MAX_LATITUDE) * Math.PI) / 180);
  return { x: ((longitude + 180) / 360) * size, y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size };
}

export function unproject(x, y, zoom) {
  const size = worldSize(zoom);
  const latitude = (360 / Math.PI) * Math.atan(Math.exp((0.5 - y / size) * 2 * Math.PI)) - 90;
  return { latitude, longitude: wrapLongitude((x / size) * 360 - 180) };
}

/** Ground metres that one pixel covers there. */
export function metresPerPixel(latitude, zoom) {
  return (EQUATOR_METRES * Math.cos((latitude * Math.PI) / 180)) / worldSize(zoom);
}

/** -180 up to, not including, 180. */
export function wrapLongitude(longitude) {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

export function clamp(value, least, most) {
  return Math.min(most, Math.max(least, value));
}
