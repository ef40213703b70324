import { element } from '../dom.js';

const WIDTH = 600;
const HEIGHT = 90;

/** Speed and brake of a vehicle around an event, as a line. */
export function speedChart({ samples = [] }) {
  if (samples.length < 2) return element('p', { class: 'quiet' }, 'The log is empty.');
  const top = Math.max(20, ...samples.map(({ speed_kmh: speed }) => speed));
  const x = (index) => (index / (samples.length - 1)) * WIDTH;
  const y = (speed) => HEIGHT - 4 - (speed / top) * (HEIGHT - 12);
  const line = samples.map(({ speed_kmh: speed }, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(speed).toFixed(1)}`).join('');
  const brakes = samples.map(({ brake }, index) => (brake ? `M${x(index).toFixed(1)} ${HEIGHT - 1}h${(WIDTH / samples.length).toFixed(1)}` : '')).join('');
  const graph = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  graph.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  graph.setAttribute('role', 'img');
  const [first, last] = [samples[0].speed_kmh, samples.at(-1).speed_kmh];
  graph.setAttribute('aria-label', `Speed from ${first} to ${last} km/h`);
  for (const [name, d] of [['speed-line', line], ['brake-line', brakes]]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', name);
    path.setAttribute('d', d);
    graph.append(path);
  }
  return element('figure', {}, graph, element('figcaption', { class: 'quiet' }, `Speed by the vehicle's log, ${Math.round(first)} to ${Math.round(last)} km/h; the bar below is the brake`));
}
