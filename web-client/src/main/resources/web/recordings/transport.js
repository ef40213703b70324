import { element, setText, svg } from '../app/dom.js';
import { iconMarkup } from '../player/icons.js';
import { clockText } from './moments.js';

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];

/** Play and pause, steps, speed, the time that is seen, sound. Keys: space, arrows, comma and dot for a picture. */
export class Transport {
  #step;
  #heard = null;
  #play = element('button', { type: 'button', class: 'tool play', 'aria-label': 'Play', onclick: () => this.#toggle() }, svg(iconMarkup('play')));
  #time = element('output', { class: 'clock', 'aria-label': 'Time of the picture' }, '--:--:--');
  #speed = element('select', { 'aria-label': 'Speed', onchange: () => { this.#step.rate = Number(this.#speed.value); } },
    ...SPEEDS.map((speed) => element('option', { value: speed, selected: speed === 1 }, `${speed}×`)));
  #sound = element('button', { type: 'button', class: 'tool', 'aria-label': 'Sound', 'aria-pressed': 'false', onclick: () => this.#listen() }, svg(iconMarkup('muted')));

  constructor(place, { step, bar }) {
    this.#step = step;
    const jump = (seconds, words) => element('button', { type: 'button', class: 'tool jump', 'aria-label': words, title: words, onclick: () => step.seek(step.wall + seconds * 1000) }, `${seconds < 0 ? '−' : '+'}${Math.abs(seconds)} s`);
    place.append(jump(-10, '10 seconds back'), this.#play, jump(10, '10 seconds on'), this.#time, element('span', { class: 'grow' }), this.#sound, this.#speed, bar.zooms);
    step.addEventListener('tick', () => this.#draw());
  }

  /** The player whose sound is heard, when sound is on. */
  hear(player) {
    if (this.#heard === null) return;
    this.#heard.muted = true;
    this.#heard = player;
    player.muted = false;
  }

  key(event) {
    if (event.target.closest('input, select, textarea, button, dialog, [role="slider"]') || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = { ' ': () => this.#toggle(), ArrowLeft: () => this.#by(-5000), ArrowRight: () => this.#by(5000), ',': () => this.#by(-40), '.': () => this.#by(40) }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #by(milliseconds) {
    this.#step.seek(this.#step.wall + milliseconds);
  }

  #toggle() {
    if (this.#step.playing) this.#step.pause();
    else this.#step.play();
  }

  #listen() {
    const first = document.querySelector('recorded-player');
    if (this.#heard) this.#heard.muted = true;
    this.#heard = this.#heard ? null : first;
    if (this.#heard) this.#heard.muted = false;
    this.#sound.setAttribute('aria-pressed', String(this.#heard !== null));
    this.#sound.replaceChildren(svg(iconMarkup(this.#heard ? 'sound' : 'muted')));
  }

  #draw() {
    setText(this.#time, this.#step.wall > 0 ? clockText(this.#step.wall) : '--:--:--');
    const words = this.#step.playing ? 'Pause' : 'Play';
    if (this.#play.getAttribute('aria-label') === words) return;
    this.#play.setAttribute('aria-label', words);
    this.#play.replaceChildren(svg(iconMarkup(this.#step.playing ? 'pause' : 'play')));
  }
}
