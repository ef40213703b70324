import { element, setText } from '../app/dom.js';
import { plateElement, showPlate } from '../app/fleet/plate.js';

const MOST = 4;
const LISTED = 200;

/**
 * Whose recordings, and which of its channels.
 *
 * Events: `vehicle` (detail: an entry), `channels` (the choice among its channels changed), `more` (more than fit were wanted).
 */
export class RecordingChoice extends HTMLElement {
  #search = element('input', { type: 'search', placeholder: 'Search vehicles', 'aria-label': 'Search vehicles', autocomplete: 'off', spellcheck: 'false' });
  #list = element('ul', { class: 'entries', 'aria-label': 'Vehicles' });
  #note = element('p', { class: 'note', hidden: true });
  #chosen = element('div', { class: 'chosen', hidden: true });
  #plate = plateElement();
  #name = element('span', { class: 'quiet' });
  #channels = element('ul', { class: 'picks', 'aria-label': 'Channels' });
  #channelNote = element('p', { class: 'quiet' });
  #picking = element('div', { class: 'picking' }, element('div', { class: 'list-head' }, element('label', { class: 'search' }, this.#search)), this.#list, this.#note);
  #entries = [];
  #entry = null;
  #lines = [];
  #picked = new Set();

  connectedCallback() {
    if (this.#picking.isConnected) return;
    this.#search.addEventListener('input', () => this.#draw());
    this.#chosen.append(
      element('div', { class: 'chosen-head' }, element('div', { class: 'chosen-name' }, this.#plate, this.#name), element('button', { type: 'button', class: 'secondary', onclick: () => this.#change() }, 'Change')),
      this.#channels, this.#channelNote);
    this.append(this.#picking, this.#chosen);
  }

  get entry() {
    return this.#entry;
  }

  get entries() {
    return this.#entries;
  }

  /** `{key, title, plate, plateColor, name, query}`; `query` is the part of an address that names it. */
  set entries(entries) {
    this.#entries = entries;
    this.#draw();
  }

  /** What stands where the list would be while there is none. */
  set note(words) {
    setText(this.#note, words);
    this.#note.hidden = words === '';
  }

  /** The channels that are chosen, as stream and quality. */
  get picked() {
    return this.#lines.filter((line) => this.#picked.has(keyOf(line))).map(keyOf);
  }

  choose(entry) {
    this.#entry = entry;
    this.#picked.clear();
    this.lines = [];
    this.#picking.hidden = entry !== null;
    this.#chosen.hidden = entry === null;
    if (entry === null) return;
    showPlate(this.#plate, entry);
    setText(this.#name, entry.name ?? '');
    this.dispatchEvent(new CustomEvent('vehicle', { detail: entry }));
  }

  /** The lines of the day that is shown: `{stream, quality, label, spans}`. The first is chosen if none is yet; a day without any changes no choice. */
  set lines(lines) {
    this.#lines = lines;
    const known = lines.map(keyOf);
    if (known.length > 0 && !known.some((key) => this.#picked.has(key))) {
      this.#picked = new Set(lines.filter((line) => line.quality === 'main').slice(0, 1).map(keyOf));
      if (this.#picked.size === 0) this.#picked.add(known[0]);
    }
    this.#drawChannels();
  }

  set channelNote(words) {
    setText(this.#channelNote, words);
  }

  #change() {
    this.choose(null);
    this.#draw();
    this.#search.focus();
    this.dispatchEvent(new CustomEvent('vehicle', { detail: null }));
  }

  #draw() {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.#entries.filter((entry) => words.every((word) => `${entry.title} ${entry.plate ?? ''} ${entry.name ?? ''} ${entry.phone ?? ''}`.toLowerCase().includes(word)));
    this.#list.replaceChildren(...found.slice(0, LISTED).map((entry) => {
      const plate = plateElement();
      showPlate(plate, entry);
      return element('li', {}, element('button', { type: 'button', class: 'vehicle entry', onclick: () => this.choose(entry) }, element('span', { class: 'line' }, plate, element('span', { class: 'vehicle-name' }, entry.name ?? ''))));
    }));
    if (this.#entries.length > 0) this.note = found.length === 0 ? 'No vehicle has these words.' : found.length > LISTED ? `${found.length - LISTED} more; search to find them.` : '';
  }

  #drawChannels() {
    this.#channels.replaceChildren(...this.#lines.map((line) => {
      const key = keyOf(line);
      const box = element('input', { type: 'checkbox', checked: this.#picked.has(key), onchange: () => this.#pick(key, box) });
      return element('li', {}, element('label', { class: 'pick' }, box, element('span', {}, line.label)));
    }));
  }

  #pick(key, box) {
    if (box.checked && this.#picked.size >= MOST) {
      box.checked = false;
      this.dispatchEvent(new Event('more'));
      return;
    }
    if (box.checked) this.#picked.add(key);
    else this.#picked.delete(key);
    this.dispatchEvent(new Event('channels'));
  }
}

/** `13912345678-1` or `13912345678-1@sub` */
export function keyOf({ stream, quality }) {
  return quality === 'sub' ? `${stream}@sub` : stream;
}

customElements.define('recording-choice', RecordingChoice);
