import { clamp, wrapLongitude } from './mercator.js';

/** Spacings that people read easily: degrees, then whole fractions of a degree. */
const SPACINGS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002];
const MIN_PIXELS = 90;

/** Degrees between two lines of the grid, so that they are at least 90 pixels apart. */
export function spacingFor(camera) {
  const pixelsPerDegree = (256 * 2 ** camera.zoom) / 360;
  return SPACINGS.findLast((each) => each * pixelsPerDegree >= MIN_PIXELS) ?? SPACINGS[0];
}

/** The meridians and parallels in view: `{spacing, meridians: [{x, degrees}], parallels: [{y, degrees}]}`. */
export function graticule(camera) {
  const spacing = spacingFor(camera);
  const first = camera.fromScreen(0, 0);
  const width = Math.min(360, (camera.width / (256 * 2 ** camera.zoom)) * 360);
  const west = camera.longitude - width / 2;
  const meridians = [];
  for (let index = Math.ceil(west / spacing); index * spacing <= west + width; index++) {
    const degrees = index * spacing;
    meridians.push({ degrees: wrapLongitude(degrees), x: camera.width / 2 + ((degrees - camera.longitude) / 360) * 256 * 2 ** camera.zoom });
  }
  const south = camera.fromScreen(0, camera.height).latitude;
  const parallels = [];
  for (let index = Math.ceil(clamp(south, -80, 80) / spacing); index * spacing <= Math.min(first.latitude, 80); index++) {
    const degrees = index * spacing;
    parallels.push({ degrees, y: camera.toScreen(degrees, camera.longitude).y });
  }
  return { spacing, meridians, parallels };
}

/** `22.54° N`, with as many digits as the spacing needs. */
export function degreesText(degrees, axis, spacing) {
  const digits = Math.max(0, Math.ceil(-Math.log10(spacing) - 1e-9));
  const rounded = Number(degrees.toFixed(digits));
  const letter = rounded === 0 ? '' : axis === 'latitude' ? (rounded > 0 ? ' N' : ' S') : rounded > 0 ? ' E' : ' W';
  return `${Math.abs(rounded).toFixed(digits)}°${letter}`;
}

/** The longest round distance that fits into `room` pixels: `{pixels, text}`. */
export function scaleBar(metresPerPixel, room) {
  const most = metresPerPixel * room;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].find((each) => each * power <= most) * power;
  return { pixels: metres / metresPerPixel, text: metres >= 1000 ? `${metres / 1000} km` : `${metres} m` };
}
