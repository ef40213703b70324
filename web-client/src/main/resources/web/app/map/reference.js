import { degreesText, graticule, scaleBar } from './graticule.js';
import { placesAt } from './places.js';

const NAMED_PARALLELS = [[0, 'Equator'], [23.436, 'Tropic of Cancer'], [-23.436, 'Tropic of Capricorn'], [66.564, 'Arctic Circle'], [-66.564, 'Antarctic Circle']];
const NAMED_UNTIL_ZOOM = 5.5;

/** Draws what the map rests on when there is no tile server: grid, named parallels, large cities. */
export function drawReference(context, camera, ink, labels) {
  const grid = graticule(camera);
  context.lineWidth = 1;
  context.strokeStyle = ink.grid;
  context.beginPath();
  for (const { x } of grid.meridians) vertical(context, x, camera.height);
  for (const { y } of grid.parallels) horizontal(context, y, camera.width);
  context.stroke();
  if (camera.zoom < NAMED_UNTIL_ZOOM) drawNamedParallels(context, camera, ink);
  drawDegrees(context, camera, grid, ink);
  drawPlaces(context, camera, ink, labels);
}

function drawNamedParallels(context, camera, ink) {
  context.save();
  context.setLineDash([6, 5]);
  context.strokeStyle = ink.gridText;
  context.globalAlpha = 0.6;
  context.fillStyle = ink.gridText;
  context.font = `italic 11px ${ink.font}`;
  context.textAlign = 'right';
  for (const [latitude, name] of NAMED_PARALLELS) {
    const { y } = camera.toScreen(latitude, camera.longitude);
    context.beginPath();
    horizontal(context, y, camera.width);
    context.stroke();
    context.fillText(name, camera.width - 58, y - 4);
  }
  context.restore();
}

function drawDegrees(context, camera, { spacing, meridians, parallels }, ink) {
  context.font = `10.5px ${ink.font}`;
  context.fillStyle = ink.gridText;
  context.textAlign = 'center';
  for (const { x, degrees } of meridians) if (x > 30 && x < camera.width - 60) context.fillText(degreesText(degrees, 'longitude', spacing), x, 13);
  context.textAlign = 'left';
  for (const { y, degrees } of parallels) if (y > 26 && y < camera.height - 46) context.fillText(degreesText(degrees, 'latitude', spacing), 6, y - 4);
}

function drawPlaces(context, camera, ink, labels) {
  context.textAlign = 'left';
  for (const place of placesAt(camera.zoom)) {
    const { x, y } = camera.toScreen(place.latitude, place.longitude);
    if (x < -80 || y < -10 || x > camera.width + 10 || y > camera.height + 10) continue;
    context.font = `${place.rank === 1 ? 600 : 400} ${place.rank === 3 ? 11 : 12}px ${ink.font}`;
    if (!labels.claim(x + 6, y - 8, context.measureText(place.name).width + 4, 15)) continue;
    context.fillStyle = ink.place;
    context.beginPath();
    context.arc(x, y, place.rank === 1 ? 2.6 : 2, 0, 7);
    context.fill();
    context.fillText(place.name, x + 7, y + 4);
  }
}

export function drawScale(context, camera, ink) {
  const { pixels, text } = scaleBar(camera.metresPerPixel, Math.min(130, camera.width / 3));
  const [x, y] = [12.5, camera.height - 12.5];
  context.font = `11px ${ink.font}`;
  context.textAlign = 'left';
  context.strokeStyle = ink.ground;
  context.lineWidth = 5;
  stroke();
  context.strokeText(text, x + 5, y - 6);
  context.strokeStyle = ink.quiet;
  context.fillStyle = ink.quiet;
  context.lineWidth = 1.6;
  stroke();
  context.fillText(text, x + 5, y - 6);

  function stroke() {
    context.beginPath();
    context.moveTo(x, y - 6);
    context.lineTo(x, y);
    context.lineTo(x + pixels, y);
    context.lineTo(x + pixels, y - 6);
    context.stroke();
  }
}

function vertical(context, x, height) {
  const sharp = Math.round(x) + 0.5;
  context.moveTo(sharp, 0);
  context.lineTo(sharp, height);
}

function horizontal(context, y, width) {
  const sharp = Math.round(y) + 0.5;
  context.moveTo(0, sharp);
  context.lineTo(width, sharp);
}

/** Keeps words from being written over each other. */
export class Labels {
  #boxes = [];

  /** True, and the place is taken, when nothing is written there yet. */
  claim(x, y, width, height) {
    if (this.#boxes.some((box) => x < box.x + box.width && box.x < x + width && y < box.y + box.height && box.y < y + height)) return false;
    this.#boxes.push({ x, y, width, height });
    return true;
  }
}
