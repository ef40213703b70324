import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import { isPicture, mediaTitle, mergeMedia, photoProgress } from './media.js';
import { viewMedia } from './media-viewer.js';
import { showTime, timeElement } from './time-element.js';

const LOOK_MS = 2500;
const VGA = 2;

/** The latest pictures of one vehicle or terminal, and the button that takes one. Talks to the API itself. */
export class MediaStrip extends HTMLElement {
  #api = null;
  #path = null;
  #phone = null;
  #items = [];
  #tiles = new Map();
  #urls = new Map();
  #order = null;
  #channel = element('select', { 'aria-label': 'Camera' });
  #take = element('button', { type: 'button', class: 'secondary', onclick: () => this.#takePhoto() }, svg(iconMarkup('snapshot')), 'Take photo');
  #status = element('p', { class: 'photo-status', role: 'status' });
  #list = element('ul', { class: 'pictures', 'aria-label': 'Latest pictures', tabindex: 0 });
  #none = element('p', { class: 'quiet' }, 'None yet.');

  connectedCallback() {
    if (this.#list.isConnected) return;
    this.append(element('div', { class: 'photo-row' }, this.#channel, this.#take), this.#status, this.#list, this.#none);
    setInterval(() => { if (!document.hidden) for (const { time, media } of this.#tiles.values()) showTime(time, media.at); }, 15_000);
  }

  set api(api) {
    this.#api = api;
  }

  /**
   * @param entry of the fleet
   * @param channels numbers and names of its cameras, as far as they are known
   */
  show(entry, channels) {
    const path = entry.kind === 'vehicle' ? `/api/v1/vehicles/${entry.id}/media` : `/api/v1/terminals/${entry.phone}/media`;
    this.#phone = entry.phone;
    this.#take.disabled = !entry.online || !entry.phone;
    this.#take.title = entry.online ? '' : 'The terminal is offline';
    this.#showChannels(channels);
    if (path === this.#path) return;
    this.#path = path;
    this.#items = [];
    this.#order = null;
    for (const url of this.#urls.values()) url.then(URL.revokeObjectURL, () => {});
    this.#urls.clear();
    this.#render();
    this.#load(path);
  }

  /** A `terminal.media` of the push channel. */
  accept(media) {
    if (media.terminal !== this.#phone) return;
    this.#items = mergeMedia(this.#items, media);
    if (media.command && media.command === this.#order?.command?.id) this.#order.arrived = true;
    this.#render();
  }

  commandChanged(command) {
    if (this.#order?.command?.id !== command.id) return;
    this.#order.command = { ...this.#order.command, ...command };
    this.#render();
  }

  #showChannels(channels) {
    const known = channels.length > 0 ? channels : [{ channel: 1 }];
    const told = known.map(({ channel, name }) => `${channel} ${name ?? ''}`).join();
    if (this.#channel.dataset.told === told) return;
    this.#channel.dataset.told = told;
    const chosen = this.#channel.value;
    this.#channel.replaceChildren(...known.map(({ channel, name }) => element('option', { value: channel }, name ? `CH ${channel}, ${name}` : `CH ${channel}`)));
    if (known.some(({ channel }) => String(channel) === chosen)) this.#channel.value = chosen;
    this.#channel.hidden = known.length < 2;
  }

  async #load(path) {
    try {
      const { items } = await this.#api.get(`${path}?limit=12`);
      if (path !== this.#path) return;
      this.#items = mergeMedia(items, ...this.#items);
      this.#render();
    } catch {
      // The strip stays as it is; new pictures are told.
    }
  }

  async #takePhoto() {
    const order = { command: null, arrived: false, since: Date.now() };
    this.#order = order;
    this.#render();
    try {
      const body = { type: 'photo', channel: Number(this.#channel.value), resolution: VGA };
      order.command = await this.#api.post(`/api/v1/terminals/${this.#phone}/commands`, body);
      this.#follow(order);
    } catch (problem) {
      order.command = { state: 'failed' };
      order.problem = problem.detail || problem.message;
    }
    this.#render();
  }

  /** What is pushed may be missed; a picture may come before the terminal says that it took it. */
  async #follow(order) {
    const path = this.#path;
    const terminal = this.#phone;
    while (order === this.#order && this.#progress().open) {
      await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
      try {
        const { items } = await this.#api.get(`/api/v1/terminals/${terminal}/media?command=${order.command.id}`);
        const command = await this.#api.get(`/api/v1/commands/${order.command.id}`);
        if (path !== this.#path) return;
        order.command = command;
        order.arrived ||= items.length > 0;
        this.#items = mergeMedia(this.#items, ...items);
      } catch {
        // It is asked for again.
      }
      this.#render();
    }
  }

  #progress() {
    const { command, arrived, since } = this.#order;
    return photoProgress(command, arrived, Date.now() - since);
  }

  #render() {
    const progress = this.#order ? this.#progress() : { words: '', open: false, good: null };
    setText(this.#status, this.#order?.problem ?? progress.words);
    this.#status.dataset.good = String(progress.good);
    this.#take.toggleAttribute('aria-busy', progress.open);
    this.#none.hidden = this.#items.length > 0 || progress.open;
    const kept = new Set(this.#items.map(({ id }) => id));
    for (const [id, { root }] of this.#tiles) {
      if (kept.has(id)) continue;
      root.remove();
      this.#tiles.delete(id);
    }
    this.#list.querySelector('.expected')?.remove();
    this.#items.forEach((media, index) => {
      if (!this.#tiles.has(media.id)) this.#tiles.set(media.id, this.#tile(media));
      const { root } = this.#tiles.get(media.id);
      if (this.#list.children[index] !== root) this.#list.insertBefore(root, this.#list.children[index] ?? null);
    });
    if (progress.open) this.#list.prepend(element('li', { class: 'expected', 'aria-hidden': 'true' }, svg(iconMarkup('snapshot'))));
    this.#list.hidden = this.#list.children.length === 0;
  }

  #tile(media) {
    const time = timeElement(media.at);
    const face = isPicture(media) ? element('img', { alt: '', loading: 'lazy' }) : element('span', { class: 'face' }, media.kind === 'sound' ? 'Sound' : media.format.toUpperCase());
    const button = element('button', { type: 'button', class: 'picture', title: mediaTitle(media), 'aria-label': `${mediaTitle(media)}, show it`, onclick: () => this.#view(media) }, face);
    if (isPicture(media)) this.#urlOf(media).then((url) => { face.src = url; }, () => { button.classList.add('gone'); });
    return { root: element('li', {}, button, element('span', { class: 'quiet' }, `CH ${media.channel} `, time)), time, media };
  }

  #view(media) {
    viewMedia(this.#items, this.#items.findIndex(({ id }) => id === media.id), (each) => this.#urlOf(each));
  }

  /** A URL of this page alone: the server wants the token in a header. */
  #urlOf(media) {
    if (!this.#urls.has(media.id)) {
      const url = this.#api.blob(media.content).then((blob) => URL.createObjectURL(blob));
      url.catch(() => this.#urls.delete(media.id));
      this.#urls.set(media.id, url);
    }
    return this.#urls.get(media.id);
  }
}

customElements.define('media-strip', MediaStrip);
