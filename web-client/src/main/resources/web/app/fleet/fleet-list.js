import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import { plateElement, showPlate } from './plate.js';
import { showTime, timeElement } from './time-element.js';
import { CONDITION_WORDS, conditionOf, lastSeen, summaryOf } from './vehicle-state.js';
import { codeWords } from './words.js';

const PAGE = 150;
const FILTERS = [['all', 'All'], ['online', 'Online'], ['driving', 'Driving'], ['offline', 'Offline'], ['alarm', 'Alarm'], ['unknown', 'Unknown']];

/**
 * The vehicles, searchable and filterable. Rows are kept and only rewritten where something changed.
 *
 * Events: `choose` (detail: key of an entry), `adopt` (detail: key of a terminal's entry).
 */
export class FleetList extends HTMLElement {
  #fleet = null;
  #filter = 'all';
  #most = PAGE;
  #rows = new Map();
  #search = null;
  #filters = null;
  #body = null;
  #more = null;
  #note = null;

  connectedCallback() {
    if (this.#body) return;
    this.#search = element('input', { type: 'search', placeholder: 'Plate, name, terminal', 'aria-label': 'Search vehicles', autocomplete: 'off', spellcheck: 'false', oninput: () => { this.#most = PAGE; this.render(); } });
    this.#filters = element('div', { class: 'filters', role: 'group', 'aria-label': 'Show' }, ...FILTERS.map(([filter, words]) => element('button', {
      type: 'button', 'data-filter': filter, onclick: () => { this.#filter = this.#filter === filter ? 'all' : filter; this.#most = PAGE; this.render(); },
    }, `${words} `, element('span', {}))));
    this.#body = element('ul', { class: 'vehicles', 'aria-label': 'Vehicles' });
    this.#more = element('button', { type: 'button', class: 'secondary more', hidden: true, onclick: () => { this.#most += PAGE; this.render(); } }, 'Show more');
    this.#note = element('div', { class: 'note', role: 'status' });
    this.append(element('div', { class: 'list-head' }, element('label', { class: 'search' }, svg(iconMarkup('search')), this.#search), this.#filters),
      element('div', { class: 'groups' }, this.#body, this.#more, this.#note));
    this.addEventListener('keydown', (event) => this.#keys(event));
    setInterval(() => this.#refreshTimes(), 15_000);
  }

  set fleet(fleet) {
    this.#fleet = fleet;
    fleet.addEventListener('change', () => this.render());
    this.render();
  }

  focusOn(key) {
    (this.#rows.get(key)?.root.querySelector('.vehicle') ?? this.#search).focus();
  }

  render() {
    if (!this.#fleet || !this.#body) return;
    const counts = this.#fleet.counts();
    for (const button of this.#filters.children) {
      const { filter } = button.dataset;
      setText(button.lastElementChild, String(counts[filter]));
      button.setAttribute('aria-pressed', String(this.#filter === filter));
      button.hidden = counts[filter] === 0 && (filter === 'alarm' || filter === 'unknown') && this.#filter !== filter;
    }
    const found = this.#fleet.search(this.#search.value, this.#filter);
    const shown = found.slice(0, this.#most);
    const kept = new Set(shown.map((entry) => entry.key));
    for (const [key, row] of this.#rows) {
      if (kept.has(key)) continue;
      row.root.remove();
      this.#rows.delete(key);
    }
    shown.forEach((entry, index) => {
      const row = this.#row(entry.key);
      if (this.#body.children[index] !== row.root) this.#body.insertBefore(row.root, this.#body.children[index] ?? null);
      row.update(entry);
    });
    this.#more.hidden = found.length <= shown.length;
    setText(this.#more, `Show more (${found.length - shown.length} left)`);
    this.#showNote(found.length);
  }

  #showNote(found) {
    const state = found > 0 ? '' : !this.#fleet.known ? 'asking' : this.#fleet.size > 0 ? 'none' : 'empty';
    if (this.#note.dataset.state === state) return;
    this.#note.dataset.state = state;
    this.#note.hidden = state === '';
    const words = { '': [], asking: ['Asking the server…'], none: ['No vehicle matches.'], empty: emptyWords() }[state];
    this.#note.replaceChildren(...words);
  }

  #row(key) {
    if (!this.#rows.has(key)) this.#rows.set(key, makeRow(() => this.#emit('choose', key), () => this.#emit('adopt', key)));
    return this.#rows.get(key);
  }

  #refreshTimes() {
    if (document.hidden || !this.#fleet) return;
    for (const [key, row] of this.#rows) row.showSeen(this.#fleet.get(key));
  }

  #keys(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...this.querySelectorAll('.vehicle')];
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)] ?? (at <= 0 ? this.#search : null);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function makeRow(choose, adopt) {
  const plate = plateElement();
  const name = element('span', { class: 'vehicle-name' });
  const state = element('span', { class: 'state' });
  const summary = element('span', { class: 'summary' });
  const alarm = element('span', { class: 'alarm-badge', hidden: true }, svg(iconMarkup('warning')), element('span', {}));
  const seen = timeElement();
  const adoption = element('button', { type: 'button', class: 'secondary adopt', hidden: true, onclick: adopt }, 'Adopt');
  const root = element('li', {}, element('button', { type: 'button', class: 'vehicle', onclick: choose },
    element('span', { class: 'line' }, plate, name, alarm, state), element('span', { class: 'line quiet' }, summary, seen)), adoption);
  return {
    root,
    showSeen(entry) {
      if (entry) showTime(seen, lastSeen(entry));
    },
    update(entry) {
      const condition = conditionOf(entry);
      showPlate(plate, entry);
      setText(name, entry.kind === 'terminal' ? 'Unknown terminal' : entry.name ?? '');
      setText(state, CONDITION_WORDS[condition]);
      setText(summary, condition === 'offline' ? 'Last seen' : summaryOf(entry));
      const alarms = entry.position?.alarms ?? [];
      alarm.hidden = alarms.length === 0;
      setText(alarm.lastElementChild, alarms.length === 1 ? codeWords(alarms[0]) : String(alarms.length));
      alarm.title = alarms.map(codeWords).join(', ');
      adoption.hidden = entry.kind !== 'terminal';
      if (root.dataset.condition !== condition) root.dataset.condition = condition;
      this.showSeen(entry);
    },
  };
}

function emptyWords() {
  const step = (title, ...words) => element('li', {}, element('strong', {}, title), ...words);
  return [element('p', {}, 'No vehicle has been told to this server, and no terminal has called.'), element('ul', { class: 'steps' },
    step('A terminal ', 'set to this server\'s JT/T 808 port (7611 unless configured otherwise) appears here by itself and can be adopted.'),
    step('A whole fleet ', 'comes in as a CSV file: ', element('code', {}, 'POST /api/v1/vehicles/import'), '.'),
    step('Without hardware: ', element('code', {}, './run simulate'), '.'))];
}

customElements.define('fleet-list', FleetList);
