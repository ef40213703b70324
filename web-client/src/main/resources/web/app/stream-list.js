import { iconMarkup } from '../player/icons.js';
import { bitRateText } from '../player/statistics.js';
import { element, setText, svg } from './dom.js';
import { keyOf } from './stream-key.js';

export const STREAM_TYPE = 'application/x-roadcast-stream';

const STATE_WORDS = { live: 'Live', interrupted: 'Interrupted', starting: 'Starting' };

/**
 * The list of live streams, grouped by terminal. Rows are kept and only rewritten where something changed, so focus and
 * dragging survive the figures that change every second.
 *
 * Events: `choose` (detail: stream key), bubbling no further.
 */
export class StreamList extends HTMLElement {
  #directory = null;
  #shown = new Set();
  #selected = null;
  #rows = new Map();
  #groups = new Map();
  #search = null;
  #body = null;
  #note = null;

  connectedCallback() {
    if (this.#body) return;
    this.#search = element('input', { type: 'search', placeholder: 'Terminal, channel, codec', 'aria-label': 'Search streams', autocomplete: 'off', spellcheck: 'false', oninput: () => this.render() });
    this.#note = element('p', { class: 'note', role: 'status' });
    this.#body = element('div', { class: 'groups' });
    this.append(
      element('div', { class: 'list-head' }, element('label', { class: 'search' }, svg(iconMarkup('search')), this.#search)),
      this.#body, this.#note,
    );
    this.addEventListener('keydown', (event) => this.#move(event));
  }

  /** @param {import('./stream-directory.js').StreamDirectory} directory */
  set directory(directory) {
    this.#directory = directory;
    directory.addEventListener('change', () => this.render());
  }

  /** Marks the streams that are on the wall, and the one in the selected tile. */
  set plan({ visible, selected }) {
    this.#shown = new Set(visible.filter(Boolean));
    this.#selected = visible[selected];
    this.render();
  }

  render() {
    if (!this.#directory || !this.#body) return;
    const groups = this.#directory.terminals(this.#search.value);
    const kept = new Set();
    const keptGroups = new Set();
    groups.forEach(({ terminal, streams }, position) => {
      keptGroups.add(terminal);
      const group = this.#group(terminal);
      placeAt(this.#body, group.root, position);
      setText(group.count, streams.length === 1 ? '1 channel' : `${streams.length} channels`);
      streams.forEach((stream, index) => {
        const key = keyOf(stream);
        kept.add(key);
        const row = this.#row(key);
        placeAt(group.rows, row.root, index);
        row.update(stream, this.#shown.has(key), this.#selected === key);
      });
    });
    drop(this.#rows, kept);
    drop(this.#groups, keptGroups);
    setText(this.#note, this.#noteText(groups.length));
    this.#note.hidden = this.#note.textContent === '';
  }

  #noteText(found) {
    if (found > 0) return '';
    if (!this.#directory.known) return 'Asking the server…';
    return this.#directory.size > 0 ? 'No stream matches the search.' : 'No camera is sending. Cameras send while somebody watches: open a channel of a vehicle.';
  }

  #group(terminal) {
    if (!this.#groups.has(terminal)) {
      const count = element('span', { class: 'count' });
      const rows = element('ul', { 'aria-label': `Terminal ${terminal}` });
      const root = element('section', { class: 'terminal' }, element('h3', {}, element('span', { class: 'number' }, terminal), count), rows);
      this.#groups.set(terminal, { root, rows, count });
    }
    return this.#groups.get(terminal);
  }

  #row(key) {
    if (!this.#rows.has(key)) this.#rows.set(key, makeRow(key, () => this.dispatchEvent(new CustomEvent('choose', { detail: key }))));
    return this.#rows.get(key);
  }

  #move(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...this.querySelectorAll('.stream')];
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)] ?? (at <= 0 ? this.#search : null);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function makeRow(key, choose) {
  const chip = element('span', { class: 'chip' });
  const sub = element('span', { class: 'quality' }, 'sub');
  const size = element('span', { class: 'size' });
  const figures = element('span', { class: 'figures' });
  const viewers = element('span', {});
  const watchers = element('span', { class: 'viewers', title: 'Viewers' }, svg(iconMarkup('eye')), viewers);
  const state = element('span', { class: 'state' });
  const button = element('button', { class: 'stream', type: 'button', draggable: 'true', onclick: choose },
    chip, element('span', { class: 'what' }, element('span', { class: 'line' }, size, sub), figures), element('span', { class: 'side' }, state, watchers));
  button.addEventListener('dragstart', (event) => {
    event.dataTransfer.setData(STREAM_TYPE, key);
    event.dataTransfer.setData('text/plain', key);
    event.dataTransfer.effectAllowed = 'copyMove';
  });
  const root = element('li', {}, button);
  return {
    root,
    update(stream, shown, selected) {
      const { video, audio } = stream;
      setText(chip, stream.channel === undefined ? '•' : `CH ${stream.channel}`);
      sub.hidden = stream.quality !== 'sub';
      setText(size, video ? `${video.codec} ${video.width}×${video.height}` : audio ? `Sound only, ${audio.codec}` : 'No picture yet');
      setText(figures, video ? [video.frame_rate ? `${Math.round(video.frame_rate)} fps` : '', video.bit_rate ? bitRateText(video.bit_rate) : ''].filter(Boolean).join(' · ') : '');
      setText(viewers, String(stream.viewers ?? 0));
      const condition = stream.state === 'interrupted' ? 'interrupted' : video || audio ? 'live' : 'starting';
      setText(state, STATE_WORDS[condition]);
      root.dataset.state = condition;
      button.classList.toggle('selected', selected);
      button.setAttribute('aria-pressed', String(shown));
      button.title = shown ? 'On the wall: show its tile' : 'Put into the selected tile';
    },
  };
}

function placeAt(parent, child, index) {
  if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
}

function drop(entries, kept) {
  for (const [key, { root }] of entries) {
    if (kept.has(key)) continue;
    root.remove();
    entries.delete(key);
  }
}

customElements.define('stream-list', StreamList);
