import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import { STREAM_TYPE } from '../stream-list.js';

const STATE_WORDS = { idle: 'Ready', requested: 'Asking the camera', live: 'Live', grace: 'Live, nobody watches', stopping: 'Stopping', backoff: 'Tries again soon' };

/** A stream of these channels in the list of live streams makes a channel live, whoever asked for it. */
export function channelRows(entry, streams) {
  const rows = new Map((entry.channels ?? []).map((each) => [each.channel, { ...each, stream: each.stream ?? `${entry.phone}-${each.channel}` }]));
  for (const stream of streams) {
    if (stream.terminal !== entry.phone || stream.quality === 'sub') continue;
    const known = rows.get(stream.channel);
    rows.set(stream.channel, { channel: stream.channel, stream: stream.id, name: known?.name, state: known?.state === 'grace' ? 'grace' : 'live' });
  }
  return [...rows.values()].sort((a, b) => a.channel - b.channel);
}

/** The cameras of one terminal. Events: `open` (detail: stream keys), also by dragging a row onto a tile. */
export class ChannelList extends HTMLElement {
  #rows = new Map();
  #list = element('ul', { class: 'channels', 'aria-label': 'Channels' });
  #all = element('button', { type: 'button', class: 'secondary', onclick: () => this.#open([...this.#rows.keys()]) }, 'Open all');
  #other = element('input', { type: 'number', min: 1, max: 127, value: 1, 'aria-label': 'Channel number' });
  #asking = null;
  #phone = '';

  connectedCallback() {
    if (this.#list.isConnected) return;
    this.#asking = element('form', { class: 'other-channel', onsubmit: (event) => { event.preventDefault(); this.#open([`${this.#phone}-${this.#other.value}`]); } },
      element('p', { class: 'quiet' }, 'The terminal has not told its channels. Most number them from 1.'), element('div', { class: 'command-row' }, this.#other, element('button', { type: 'submit', class: 'secondary' }, 'Open')));
    this.append(this.#list, this.#all, this.#asking);
  }

  show(entry, rows, shownKeys) {
    this.#phone = entry.phone ?? '';
    const kept = new Set(rows.map((row) => row.stream));
    for (const [key, row] of this.#rows) {
      if (kept.has(key)) continue;
      row.root.remove();
      this.#rows.delete(key);
    }
    rows.forEach((row, index) => {
      if (!this.#rows.has(row.stream)) this.#rows.set(row.stream, makeRow(row.stream, () => this.#open([row.stream])));
      const shown = this.#rows.get(row.stream);
      if (this.#list.children[index] !== shown.root) this.#list.insertBefore(shown.root, this.#list.children[index] ?? null);
      shown.update(row, shownKeys.has(row.stream), entry.online);
    });
    this.#all.hidden = rows.length < 2;
    this.#asking.hidden = rows.length > 0 || !entry.phone;
  }

  #open(keys) {
    this.dispatchEvent(new CustomEvent('open', { detail: keys }));
  }
}

function makeRow(key, open) {
  const chip = element('span', { class: 'chip' });
  const name = element('span', { class: 'size' });
  const state = element('span', { class: 'figures' });
  const verb = element('span', { class: 'verb' });
  const button = element('button', { type: 'button', class: 'stream', draggable: 'true', onclick: open }, chip, element('span', { class: 'what' }, name, state), verb, svg(iconMarkup('play')));
  button.addEventListener('dragstart', (event) => {
    event.dataTransfer.setData(STREAM_TYPE, key);
    event.dataTransfer.setData('text/plain', key);
    event.dataTransfer.effectAllowed = 'copyMove';
  });
  const root = element('li', {}, button);
  return {
    root,
    update(row, shown, online) {
      setText(chip, `CH ${row.channel}`);
      setText(name, row.name ?? `Camera ${row.channel}`);
      setText(state, !online && row.state !== 'live' ? 'Offline' : STATE_WORDS[row.state] ?? 'Ready');
      setText(verb, shown ? 'On the wall' : 'Watch');
      root.dataset.channelState = row.state ?? 'idle';
      button.setAttribute('aria-pressed', String(shown));
      button.title = shown ? 'Show its tile' : 'Open on the wall; or drag it onto a tile';
    },
  };
}

customElements.define('channel-list', ChannelList);
