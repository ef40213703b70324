import '../player/roadcast-player.js';
import { iconMarkup } from '../player/icons.js';
import { element, svg } from './dom.js';
import { otherQuality, qualityButton, untilItShows } from './quality-exchange.js';
import { labelOf, partsOf } from './stream-key.js';
import { STREAM_TYPE } from './stream-list.js';

const TILE_TYPE = 'application/x-roadcast-tile';

/**
 * The grid of tiles. Shows a WallPlan; what the user does becomes events: `select`, `remove` (detail: index),
 * `place` (detail: {key, index}), `failed` (detail: words). A player keeps running when its tile changes place.
 */
export class VideoWall extends HTMLElement {
  #plan = null;
  #token = '';
  #tiles = [];
  #players = new Map();
  /** Players that have no picture yet, by the key of the one whose place they will take. */
  #incoming = new Map();
  #maximised = null;
  #welcome = null;
  /** What a stream is called, by its key; the page knows the vehicles' names. */
  nameOf = labelOf;

  connectedCallback() {
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  set token(token) {
    this.#token = token;
    for (const player of this.#players.values()) {
      if (token) player.setAttribute('token', token);
      else player.removeAttribute('token');
    }
  }

  /** Words for a wall on which nothing can be shown yet, or null. */
  set welcome(node) {
    if (node === this.#welcome) return;
    this.#welcome?.remove();
    this.#welcome = node;
    if (node) this.append(node);
    this.toggleAttribute('data-welcome', node !== null);
  }

  set plan(plan) {
    this.#plan = plan;
    while (this.#tiles.length < plan.layout) this.#tiles.push(this.#makeTile(this.#tiles.length));
    this.dataset.layout = String(plan.layout);
    this.#dropPlayers(new Set(plan.visible));
    this.#tiles.forEach((tile, index) => {
      const onScreen = index < plan.layout;
      if (onScreen && !tile.isConnected) this.append(tile);
      if (!onScreen) tile.remove();
      else this.#show(tile, plan.visible[index], index);
    });
    if (this.#maximised !== null && plan.indexOf(this.#maximised) < 0) this.#maximised = null;
    this.#showMaximised();
  }

  relabel() {
    for (const [key, player] of this.#players) {
      const name = this.nameOf(key);
      if (player.getAttribute('label') !== name) player.setAttribute('label', name);
    }
    this.#tiles.forEach((tile, index) => this.#nameTile(tile, this.#plan.tiles[index], index));
  }

  /** Brings a stream's tile to the eye. */
  reveal(key) {
    const tile = this.#tiles[this.#plan.indexOf(key)];
    if (!tile) return;
    if (this.#maximised !== null && this.#maximised !== key) this.#toggleMaximised(key);
    tile.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    tile.classList.remove('pulse');
    requestAnimationFrame(() => tile.classList.add('pulse'));
  }

  #makeTile(index) {
    const hint = element('button', { class: 'hint', type: 'button' }, svg(iconMarkup('camera')), element('span', {}));
    const tile = element('div', { class: 'tile', role: 'group' }, hint);
    tile.addEventListener('pointerdown', (event) => {
      // A tile must not be dragged away by its volume slider.
      tile.draggable = this.#plan.visible[index] !== null && !event.composedPath().some((each) => each instanceof HTMLInputElement);
      if (this.#plan.selected !== index) this.#emit('select', index);
    });
    tile.addEventListener('focusin', () => { if (this.#plan.selected !== index) this.#emit('select', index); });
    hint.addEventListener('click', () => this.#emit('browse', index));
    tile.addEventListener('dblclick', (event) => {
      if (!event.composedPath().some((each) => each instanceof HTMLButtonElement || each instanceof HTMLInputElement)) this.#toggleMaximised(this.#plan.visible[index]);
    });
    tile.addEventListener('dragover', (event) => {
      if (![STREAM_TYPE, TILE_TYPE].some((type) => event.dataTransfer.types.includes(type))) return;
      event.preventDefault();
      tile.classList.add('target');
    });
    tile.addEventListener('dragleave', () => tile.classList.remove('target'));
    tile.addEventListener('drop', (event) => {
      tile.classList.remove('target');
      const key = event.dataTransfer.getData(STREAM_TYPE) || event.dataTransfer.getData(TILE_TYPE);
      if (!key) return;
      event.preventDefault();
      this.#emit('place', { key, index });
    });
    tile.addEventListener('dragstart', (event) => {
      const key = this.#plan.visible[index];
      if (key) event.dataTransfer.setData(TILE_TYPE, key);
      else event.preventDefault();
    });
    return tile;
  }

  #show(tile, key, index) {
    const selected = index === this.#plan.selected;
    tile.classList.toggle('selected', selected);
    this.#nameTile(tile, key, index);
    tile.querySelector('.hint span').textContent = selected ? 'Choose a stream, or drop one here' : 'Empty';
    tile.querySelector('.hint').hidden = key !== null;
    const present = tile.querySelector('roadcast-player');
    const player = key === null ? null : this.#player(key);
    if (present === player) return;
    if (player) tile.append(player);
    // A player that stood here has found its new tile already, or will in this very loop: moving it ends nothing.
  }

  #nameTile(tile, key, index) {
    const name = `Tile ${index + 1}: ${key ? this.nameOf(key) : 'empty'}${index === this.#plan.selected ? ', selected' : ''}`;
    if (tile.getAttribute('aria-label') !== name) tile.setAttribute('aria-label', name);
  }

  #player(key) {
    if (!this.#players.has(key)) this.#players.set(key, this.#makePlayer(key));
    return this.#players.get(key);
  }

  #makePlayer(key) {
    const { id, quality } = partsOf(key);
    const maximise = element('button', { slot: 'actions', class: 'on-video maximise', type: 'button', onclick: () => this.#toggleMaximised(key) });
    const remove = element('button', { slot: 'actions', class: 'on-video', type: 'button', 'aria-label': `Take ${this.nameOf(key)} off the wall`, title: 'Take off the wall',
      onclick: (event) => { event.stopPropagation(); this.#emit('remove', this.#plan.indexOf(key)); } }, svg(iconMarkup('close')));
    const switching = otherQuality(key) ? [qualityButton(key, () => this.#exchange(key, otherQuality(key)))] : [];
    const player = element('roadcast-player', { stream: id, quality, label: this.nameOf(key), token: this.#token || null, muted: true, controls: true }, ...switching, maximise, remove);
    player.addEventListener('volumechange', () => { if (!player.muted) this.#onlyOneSpeaks(player); });
    player.addEventListener('error', ({ detail }) => { if (detail.code === 'UNAUTHENTICATED') this.#emit('unauthenticated'); });
    return player;
  }

  /** Shows the other quality as soon as it has a picture; until then, and if it has none, everything stays. */
  async #exchange(key, other) {
    const index = this.#plan.indexOf(key);
    if (index < 0 || this.#incoming.has(key)) return;
    if (this.#players.has(other)) {
      this.#emit('place', { key: other, index });
      return;
    }
    const player = this.#players.get(key);
    const incoming = this.#makePlayer(other);
    const button = player.querySelector('.quality');
    button.setAttribute('aria-busy', 'true');
    incoming.classList.add('incoming');
    incoming.inert = true;
    this.#incoming.set(key, incoming);
    this.#tiles[index].append(incoming);
    const refusal = await untilItShows(incoming);
    button.removeAttribute('aria-busy');
    if (this.#incoming.get(key) !== incoming) return;
    this.#incoming.delete(key);
    if (refusal !== null) {
      incoming.remove();
      this.#emit('failed', `${this.nameOf(other)}: ${refusal}`);
      return;
    }
    incoming.classList.remove('incoming');
    incoming.inert = false;
    incoming.muted = player.muted;
    this.#players.set(other, incoming);
    if (this.#maximised === key) this.#maximised = other;
    this.#emit('place', { key: other, index: this.#plan.indexOf(key) });
  }

  #onlyOneSpeaks(speaker) {
    for (const player of this.#players.values()) {
      if (player !== speaker && !player.muted) player.muted = true;
    }
  }

  #dropPlayers(kept) {
    for (const [key, player] of this.#players) {
      if (kept.has(key)) continue;
      player.remove();
      this.#players.delete(key);
      this.#incoming.get(key)?.remove();
      this.#incoming.delete(key);
    }
  }

  #toggleMaximised(key) {
    if (!key) return;
    this.#maximised = this.#maximised === key ? null : key;
    this.#showMaximised();
  }

  #showMaximised() {
    const index = this.#maximised === null ? -1 : this.#plan.indexOf(this.#maximised);
    this.classList.toggle('has-maximised', index >= 0);
    this.#tiles.forEach((tile, at) => tile.classList.toggle('maximised', at === index));
    for (const [key, player] of this.#players) {
      const big = key === this.#maximised;
      const button = player.querySelector('.maximise');
      if (button.dataset.big === String(big)) continue;
      button.dataset.big = String(big);
      button.replaceChildren(svg(iconMarkup(big ? 'restore' : 'maximise')));
      button.title = big ? 'Back to the wall' : 'Maximise';
      button.setAttribute('aria-label', button.title);
    }
  }

  #key(event) {
    if (event.key === 'Escape' && this.#maximised !== null) {
      this.#toggleMaximised(this.#maximised);
      return;
    }
    // Only the tile's own focus stops here; a button inside keeps its keys.
    const onTile = event.target.matches('.hint, roadcast-player') && event.composedPath()[0] === event.target;
    if (!onTile || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = this.#tiles.indexOf(event.target.closest('.tile'));
    const columns = Math.sqrt(this.#plan.layout);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const key = this.#plan.visible[index];
    if (step !== undefined) this.#focus(index + step);
    else if (event.key === 'Enter' && key) this.#toggleMaximised(key);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && key) this.#removeAndStay(index);
    else return;
    event.preventDefault();
  }

  #focus(index) {
    if (index >= 0 && index < this.#plan.layout) this.#tiles[index].querySelector('roadcast-player, .hint:not([hidden])').focus();
  }

  #removeAndStay(index) {
    this.#emit('remove', index);
    this.#focus(index);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('video-wall', VideoWall);
