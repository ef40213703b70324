import { element } from '../app/dom.js';
import { eventWords, isOpen } from '../app/events/event.js';
import { timeText } from '../app/fleet/words.js';
import { shareOf, spansOf, speedPath, ticksOf } from './lanes.js';
import { api, ask, say, sayProblem } from './page.js';

const WIDTH = 1000;
const HEIGHT = 90;
const SPANS = { 1: 'The last hour', 6: 'The last 6 hours', 24: 'The last day', 168: 'The last 7 days' };
const HOUR_MS = 3_600_000;

/** What one vehicle did: how fast it went, its alarms, what is recorded, on one line of time. */
export class TimelineView {
  root = element('section', { class: 'view', 'aria-label': 'Vehicle' });
  #vehicle;
  #span = element('select', { name: 'span' }, ...Object.entries(SPANS).map(([value, text]) => element('option', { value, selected: value === '24' }, text)));
  #until = element('input', { type: 'datetime-local', name: 'until' });
  #lanes = element('div', { class: 'lanes', hidden: true });
  #events = element('div', { class: 'scroll', hidden: true });
  #asked = 0;

  constructor({ vehicles }) {
    this.#vehicle = element('select', { name: 'vehicle' }, ...Object.entries(vehicles).map(([value, text]) => element('option', { value }, text)));
    const field = (label, input) => element('label', {}, element('span', {}, label), input);
    const form = element('form', { class: 'chooser' }, field('Vehicle', this.#vehicle), field('Time', this.#span), field('Until', this.#until), element('button', { type: 'submit', class: 'primary' }, 'Show'));
    form.addEventListener('submit', (event) => { event.preventDefault(); this.load(); });
    this.root.append(form, this.#lanes, this.#events);
  }

  async load() {
    const mine = ++this.#asked;
    if (!this.#vehicle.value) {
      say('There is no vehicle yet.');
      return;
    }
    const to = this.#until.value ? Date.parse(this.#until.value) : Date.now();
    const from = to - Number(this.#span.value) * HOUR_MS;
    const search = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: 500 });
    try {
      const line = await ask(() => api.get(`/api/v1/vehicles/${this.#vehicle.value}/timeline?${search}`));
      if (mine !== this.#asked) return;
      const { positions = [], events = [], recordings = [] } = line;
      say(positions.length + events.length + recordings.length === 0 ? 'Nothing is known of this vehicle in this time.' : '');
      this.#drawLanes({ positions, events, recordings, from, to });
      this.#drawEvents(events, line.more_events);
    } catch (problem) {
      if (mine === this.#asked) sayProblem(problem);
    }
  }

  #drawLanes({ positions, events, recordings, from, to }) {
    this.#lanes.hidden = positions.length + events.length + recordings.length === 0;
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', speedPath(positions, { from, to, width: WIDTH, height: HEIGHT }));
    const graph = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    graph.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    graph.setAttribute('preserveAspectRatio', 'none');
    graph.setAttribute('role', 'img');
    const fastest = Math.max(0, ...positions.map(({ speed_kmh: speed }) => speed ?? 0));
    graph.setAttribute('aria-label', `Speed, at most ${Math.round(fastest)} km/h`);
    graph.append(path);
    const marks = events.map((event) => place(element('i', { class: 'mark', 'data-severity': event.severity, title: `${eventWords(event)}, ${timeText(event.timestamp)}` }), shareOf(event.timestamp, from, to)));
    const spans = spansOf(recordings, from, to);
    const cameras = [...new Set(spans.map(({ stream }) => stream))].sort();
    this.#lanes.replaceChildren(
      lane(fastest > 0 ? `Speed, up to ${Math.round(fastest)} km/h` : 'Speed', graph), lane('Alarms', ...marks),
      ...cameras.map((camera) => lane(camera, ...spans.filter(({ stream }) => stream === camera).map(({ left, width }) => place(element('i', { class: 'span' }), left, width)))),
      lane('', ...ticksOf(from, to).map((time) => place(element('span', { class: 'tick' }, new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })), shareOf(time, from, to)))));
  }

  #drawEvents(events, more) {
    this.#events.hidden = events.length === 0;
    const columns = ['When', 'Alarm', 'Speed', 'State'];
    this.#events.replaceChildren(element('table', {},
      element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)))),
      element('tbody', {}, ...events.map((event) => {
        const speed = event.location?.speed;
        const cells = [timeText(event.timestamp), eventWords(event), Number.isFinite(speed) ? `${Math.round(speed)} km/h` : '–', isOpen(event) ? 'Open' : event.falseAlarm ? 'False alarm' : 'Acknowledged'];
        return element('tr', { 'data-severity': event.severity }, ...cells.map((text, index) => element('td', { 'data-name': columns[index] }, text)));
      }))), ...(more ? [element('p', { class: 'none' }, 'There are older ones in this time.')] : []));
  }
}

function lane(name, ...content) {
  return element('div', { class: 'lane' }, element('span', { class: 'lane-name' }, name), element('div', { class: 'lane-line' }, ...content));
}

function place(node, left, width) {
  node.style.setProperty('--left', left);
  if (width !== undefined) node.style.setProperty('--width', width);
  return node;
}
