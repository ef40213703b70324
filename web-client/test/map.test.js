import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Camera, MAX_ZOOM } from '../src/main/resources/web/app/map/camera.js';
import { cluster } from '../src/main/resources/web/app/map/cluster.js';
import { degreesText, graticule, scaleBar, spacingFor } from '../src/main/resources/web/app/map/graticule.js';
import { metresPerPixel, project, unproject, wrapLongitude } from '../src/main/resources/web/app/map/mercator.js';
import { Motion } from '../src/main/resources/web/app/map/motion.js';
import { PLACES } from '../src/main/resources/web/app/map/places.js';
import { tileAddress } from '../src/main/resources/web/app/map/tiles.js';

const near = (actual, expected, within = 1e-6) => assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);
const camera = (changes = {}) => new Camera({ latitude: 22.54, longitude: 114.06, zoom: 12, width: 800, height: 600, ...changes });

test('projects as EPSG:3857 does', () => {
  assert.deepEqual(project(0, 0, 0), { x: 128, y: 128 });
  near(project(85.051128779807, 180, 0).y, 0, 1e-4);
  // Half the world's width is 20037508.34 m; 48.8566 N, 2.3522 E is (261845.7, 6250564.3) m.
  const paris = project(48.8566, 2.3522, 0);
  near(paris.x, 128 + (261845.71 / 20037508.34) * 128, 1e-4);
  near(paris.y, 128 - (6250564.35 / 20037508.34) * 128, 1e-4);
});

test('finds back every place it projected', () => {
  for (const [latitude, longitude] of [[22.54, 114.06], [-33.87, 151.21], [64.15, -21.94], [0, -179.99]]) {
    const { x, y } = project(latitude, longitude, 17);
    const place = unproject(x, y, 17);
    near(place.latitude, latitude, 1e-9);
    near(place.longitude, longitude, 1e-9);
  }
});

test('longitudes wrap', () => {
  assert.equal(wrapLongitude(181), -179);
  assert.equal(wrapLongitude(-541), 179);
  assert.equal(wrapLongitude(180), -180);
});

test('a pixel covers as much ground as the latitude lets it', () => {
  near(metresPerPixel(0, 0), 156543.03, 0.01);
  near(metresPerPixel(60, 0), 78271.52, 0.01);
});

test('the middle of the canvas shows the camera\'s place, and back', () => {
  near(camera().toScreen(22.54, 114.06).x, 400);
  near(camera().toScreen(22.54, 114.06).y, 300);
  near(camera().fromScreen(400, 300).latitude, 22.54, 1e-9);
});

test('zooming keeps the place under the pointer', () => {
  const before = camera();
  const place = before.fromScreen(650, 120);
  for (const steps of [0.4, 3, -2.5]) {
    const { x, y } = before.zoomedAt(650, 120, steps).toScreen(place.latitude, place.longitude);
    near(x, 650, 1e-3);
    near(y, 120, 1e-3);
  }
});

test('dragging moves what is shown with the hand', () => {
  const before = camera();
  const place = before.fromScreen(100, 100);
  const { x, y } = before.panned(30, -20).toScreen(place.latitude, place.longitude);
  near(x, 130, 1e-6);
  near(y, 80, 1e-6);
});

test('fits places with room around them, across the date line too', () => {
  const places = [{ latitude: 22.5, longitude: 114 }, { latitude: 23.1, longitude: 113.2 }];
  const fitted = camera().fitted(places, 50);
  for (const each of places) assert.ok(fitted.contains(each, 49.9));
  const pacific = [{ latitude: -18, longitude: 178 }, { latitude: -14, longitude: -172 }];
  const wide = camera().fitted(pacific);
  assert.ok(wide.zoom > 5, `zoom ${wide.zoom}`);
  for (const each of pacific) assert.ok(wide.contains(each));
});

test('one place is not looked at through a microscope, none changes nothing', () => {
  assert.equal(camera().fitted([{ latitude: 1, longitude: 2 }]).zoom, 16);
  const before = camera();
  assert.equal(before.fitted([]), before);
  assert.equal(camera({ zoom: 99 }).zoom, MAX_ZOOM);
});

test('a place beyond the edge of the world is shown on the nearest copy', () => {
  const { x } = camera({ longitude: 179.9, zoom: 4 }).toScreen(22.54, -179.9);
  near(x, 400 + (0.2 / 360) * 256 * 16, 1e-6);
});

test('markers that would cover each other are joined, all are kept', () => {
  const points = Array.from({ length: 500 }, (_, index) => ({ x: (index * 97) % 640, y: (index * 61) % 480, key: index }));
  const clusters = cluster(points, 40);
  assert.ok(clusters.length < 200);
  assert.deepEqual(clusters.flatMap((each) => each.members.map(({ key }) => key)).sort((a, b) => a - b), points.map(({ key }) => key));
  assert.ok(clusters[0].members.length >= clusters.at(-1).members.length);
});

test('markers apart stay apart, the chosen one stays alone', () => {
  assert.equal(cluster([{ x: 0, y: 0 }, { x: 41, y: 0 }], 40).length, 2);
  assert.equal(cluster([{ x: 0, y: 0 }, { x: 39, y: 0 }], 40).length, 1);
  const [first, second] = cluster([{ x: 0, y: 0, alone: true }, { x: 1, y: 1 }, { x: 2, y: 2 }], 40);
  assert.equal(first.members.length, 2);
  assert.equal(second.members[0].alone, true);
});

test('a cluster stands in the middle of its members', () => {
  const [only] = cluster([{ x: 0, y: 0 }, { x: 20, y: 10 }], 40);
  assert.deepEqual([only.x, only.y], [10, 5]);
});

test('lines of the grid are round numbers at least 90 pixels apart', () => {
  assert.equal(spacingFor(camera({ zoom: 1 })), 30, 'never wider than the widest spacing');
  const grid = graticule(camera({ zoom: 12 }));
  assert.equal(grid.spacing, 0.05);
  for (const { degrees } of grid.meridians) near(degrees / 0.05, Math.round(degrees / 0.05), 1e-6);
  for (let index = 1; index < grid.meridians.length; index++) assert.ok(grid.meridians[index].x - grid.meridians[index - 1].x >= 90);
  assert.ok(grid.parallels.length > 2);
  assert.ok(graticule(camera({ zoom: 1, width: 2000, longitude: 179 })).meridians.length <= 13);
});

test('degrees have a letter and no more digits than they need', () => {
  assert.equal(degreesText(22.5, 'latitude', 0.05), '22.50° N');
  assert.equal(degreesText(-120, 'longitude', 20), '120° W');
  assert.equal(degreesText(0, 'latitude', 10), '0°');
});

test('the scale bar is a round distance that fits', () => {
  assert.deepEqual(scaleBar(10, 130), { pixels: 100, text: '1 km' });
  assert.equal(scaleBar(1, 130).text, '100 m');
  assert.equal(scaleBar(50000, 130).text, '5000 km');
});

test('markers glide to a near place and jump to a far one', () => {
  const motion = new Motion();
  motion.update('a', 22, 114, 0);
  motion.update('a', 22.001, 114, 1000);
  assert.equal(motion.moving(1100), true);
  near(motion.at('a', 1450).latitude, 22.0005, 1e-9);
  assert.equal(motion.at('a', 5000).latitude, 22.001);
  motion.update('a', 30, 114, 6000);
  assert.equal(motion.at('a', 6001).latitude, 30);
  assert.equal(motion.moving(7000), false);
  motion.keepOnly(new Set());
  assert.equal(motion.at('a', 0), null);
});

test('nothing glides where the viewer wants no motion', () => {
  const motion = new Motion({ still: true });
  motion.update('a', 22, 114, 0);
  motion.update('a', 22.001, 114, 10);
  assert.equal(motion.moving(11), false);
});

test('every city has a name and a place on the map', () => {
  assert.ok(PLACES.length > 150);
  assert.equal(new Set(PLACES.map(({ name }) => name)).size, PLACES.length);
  for (const { name, latitude, longitude, rank } of PLACES) {
    assert.ok(name && Math.abs(latitude) < 70 && Math.abs(longitude) <= 180 && rank >= 1 && rank <= 3, name);
  }
});

test('tile addresses', () => {
  assert.equal(tileAddress('https://t/{z}/{x}/{y}.png', 3, 1, 2), 'https://t/3/1/2.png');
  assert.equal(tileAddress('https://t/{z}/{x}/{-y}.png', 3, 1, 2), 'https://t/3/1/5.png');
});
