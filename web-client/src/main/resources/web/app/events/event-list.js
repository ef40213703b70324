import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import { showTime, timeElement } from '../fleet/time-element.js';
import { KINDS, SEVERITIES, eventWords, isOpen, matches, stateOf } from './event.js';

const ROWS = 150;
const STATES = { open: 'Open', acknowledged: 'Acknowledged', false_alarm: 'False alarms' };

/**
 * The list of safety events, newest first, with filters and the switch for sound. However many come, it is drawn once a
 * frame, and only what is at its top.
 *
 * Events: `choose` (detail: id), `filter` (detail: `{severity, kind, state}`), `sound` (detail: whether it is on).
 */
export class EventList extends HTMLElement {
  #directory = null;
  #nameOf = (event) => event.deviceId;
  #rows = new Map();
  #frame = 0;
  #filter = { severity: '', kind: '', state: '' };
  #selects = [this.#select('severity', 'Severity', Object.fromEntries(SEVERITIES.map((each) => [each, each.charAt(0).toUpperCase() + each.slice(1)]))), this.#select('kind', 'Kind', KINDS), this.#select('state', 'State', STATES)];
  #sound = element('button', { type: 'button', class: 'tool', 'aria-pressed': 'false', onclick: () => this.#toggleSound() });
  #list = element('ol', { class: 'events', 'aria-label': 'Alarms, newest first' });
  #note = element('p', { class: 'event-note quiet' });

  connectedCallback() {
    if (this.#list.isConnected) return;
    this.append(element('div', { class: 'event-filters' }, ...this.#selects, this.#sound), this.#note, this.#list);
    this.#showSound(false);
    this.#list.addEventListener('click', ({ target }) => {
      const row = target.closest('li');
      if (row) this.dispatchEvent(new CustomEvent('choose', { detail: row.dataset.event }));
    });
    setInterval(() => { if (!document.hidden) for (const { time, event } of this.#rows.values()) showTime(time, event.timestamp); }, 10_000);
  }

  /** @param nameOf gives the vehicle's name of an event */
  show(directory, nameOf) {
    this.#directory = directory;
    this.#nameOf = nameOf;
    directory.addEventListener('change', () => this.redraw());
    this.redraw();
  }

  get filter() {
    return this.#filter;
  }

  redraw() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  #draw() {
    if (!this.#directory) return;
    const shown = [];
    for (const event of this.#directory.all()) {
      if (matches(event, this.#filter)) shown.push(event);
      if (shown.length === ROWS) break;
    }
    const kept = new Set(shown.map(({ id }) => id));
    for (const [id, { root }] of this.#rows) {
      if (kept.has(id)) continue;
      root.remove();
      this.#rows.delete(id);
    }
    shown.forEach((event, index) => {
      const row = this.#row(event);
      if (this.#list.children[index] !== row.root) this.#list.insertBefore(row.root, this.#list.children[index] ?? null);
    });
    setText(this.#note, shown.length > 0 ? '' : this.#directory.all().length > 0 ? 'No alarm matches the filters.' : 'No alarms yet. They appear here the moment a vehicle raises one.');
    this.#note.hidden = shown.length > 0;
  }

  #row(event) {
    let row = this.#rows.get(event.id);
    if (!row) {
      row = { words: element('strong', {}), name: element('span', { class: 'event-name' }), state: element('span', { class: 'event-state quiet' }), clip: element('span', { class: 'event-clip', title: 'Video' }), time: timeElement(event.timestamp) };
      row.root = element('li', { 'data-event': event.id }, element('button', { type: 'button', class: 'event' },
        element('span', { class: 'line' }, row.words, row.clip, row.time), element('span', { class: 'line quiet' }, row.name, row.state)));
      this.#rows.set(event.id, row);
    }
    if (row.event !== event) this.#fill(row, event);
    return row;
  }

  #fill(row, event) {
    row.event = event;
    row.root.dataset.severity = event.severity;
    row.root.dataset.state = stateOf(event);
    const speed = event.location?.speed;
    setText(row.words, eventWords(event));
    setText(row.name, [this.#nameOf(event), Number.isFinite(speed) ? `${Math.round(speed)} km/h` : ''].filter(Boolean).join(' · '));
    setText(row.state, isOpen(event) ? '' : STATES[stateOf(event)].replace(/s$/, ''));
    if (event.videoClipUrl && row.clip.childNodes.length === 0) row.clip.append(svg(iconMarkup('wall')));
    showTime(row.time, event.timestamp);
    row.root.firstElementChild.setAttribute('aria-label', `${event.severity}: ${eventWords(event)}, ${row.name.textContent}`);
  }

  #select(name, all, words) {
    const select = element('select', { 'aria-label': all, 'data-filter': name }, element('option', { value: '' }, all), ...Object.entries(words).map(([value, text]) => element('option', { value }, text)));
    select.addEventListener('change', () => {
      this.#filter = { ...this.#filter, [name]: select.value };
      this.redraw();
      this.dispatchEvent(new CustomEvent('filter', { detail: this.#filter }));
    });
    return select;
  }

  #toggleSound() {
    const on = this.#sound.getAttribute('aria-pressed') !== 'true';
    this.#showSound(on);
    this.dispatchEvent(new CustomEvent('sound', { detail: on }));
  }

  #showSound(on) {
    this.#sound.setAttribute('aria-pressed', String(on));
    const words = on ? 'Alarms are heard' : 'Let alarms be heard';
    this.#sound.title = words;
    this.#sound.setAttribute('aria-label', words);
    this.#sound.replaceChildren(svg(iconMarkup(on ? 'sound' : 'muted')));
  }
}

customElements.define('event-list', EventList);
