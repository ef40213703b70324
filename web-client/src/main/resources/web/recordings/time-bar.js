import { element, setText } from '../app/dom.js';
import { clockText, lengthText, rulerStep } from './moments.js';

const ZOOMS = [['24 h', 86_400_000], ['6 h', 21_600_000], ['1 h', 3_600_000], ['10 min', 600_000]];
const STEPS = { ArrowLeft: -5000, ArrowRight: 5000, ArrowDown: -60_000, ArrowUp: 60_000, PageDown: -600_000, PageUp: 600_000 };
const ASK_AFTER_MS = 60;

/**
 * The time of a day, one row per channel: what is recorded, where, and what is missing. Pointing at it shows a small picture of then.
 *
 * Events: `seek` (detail: milliseconds since 1970), `range` (detail: `{from, to}` that were marked, or null).
 */
export class TimeBar extends HTMLElement {
  #ruler = element('div', { class: 'ruler', 'aria-hidden': 'true' });
  #rows = element('div', { class: 'rows' });
  #head = element('div', { class: 'playhead', 'aria-hidden': 'true' });
  #marked = element('div', { class: 'marked', hidden: true, 'aria-hidden': 'true' });
  #hand = element('div', { class: 'hand', hidden: true, 'aria-hidden': 'true' });
  #picture = element('div', { class: 'scrub-picture', hidden: true });
  #pictureTime = element('span');
  #preview = element('div', { class: 'scrub', hidden: true, 'aria-hidden': 'true' }, this.#picture, this.#pictureTime);
  #track = element('div', { class: 'track', role: 'slider', tabindex: 0, 'aria-label': 'Time' }, this.#ruler, this.#rows, this.#marked, this.#head, this.#hand, this.#preview);
  #zooms = element('div', { class: 'switch', role: 'group', 'aria-label': 'How much is shown' });
  #day = { from: 0, to: 1 };
  #view = { from: 0, to: 1 };
  #lines = [];
  #wall = 0;
  #range = null;
  #asked = 0;
  #asking = 0;
  /** Gives the small picture of `(line, wall)`. */
  picture = async () => null;

  connectedCallback() {
    if (this.#track.isConnected) return;
    this.#zooms.append(...ZOOMS.map(([words, length]) => element('button', { type: 'button', 'data-length': length, onclick: () => this.zoom(length) }, words)));
    this.append(this.#track);
    new ResizeObserver(() => {
      this.#leave();
      this.#draw();
    }).observe(this.#track);
    this.#track.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.#track.setPointerCapture(event.pointerId);
      this.#point(event);
    });
    this.#track.addEventListener('pointermove', (event) => this.#point(event));
    this.#track.addEventListener('pointerup', (event) => {
      if (this.#track.hasPointerCapture(event.pointerId)) this.#emit('seek', this.#at(event));
      if (event.pointerType !== 'mouse') this.#leave();
    });
    this.#track.addEventListener('pointerleave', () => this.#leave());
    this.#track.addEventListener('pointercancel', () => this.#leave());
    this.#track.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#track.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The buttons that choose how much is shown; where they stand is the page's choice. */
  get zooms() {
    return this.#zooms;
  }

  /** The day that is shown, in milliseconds since 1970. */
  set day(day) {
    this.#day = day;
    this.#view = { ...day };
    this.range = null;
    this.#draw();
  }

  set lines(lines) {
    this.#lines = lines;
    this.#drawRows();
  }

  /** When what is seen was taken. */
  set wall(wall) {
    this.#wall = wall;
    this.#place();
  }

  get range() {
    return this.#range;
  }

  /** What is marked for downloading: `{from, to}`, or null. */
  set range(range) {
    this.#range = range && range.to > range.from ? range : null;
    this.#marked.hidden = this.#range === null;
    this.#place();
    this.#emit('range', this.#range);
  }

  /** Shows so many milliseconds around the present moment. */
  zoom(length, around = this.#wall) {
    const whole = this.#day.to - this.#day.from;
    const size = Math.min(length, whole);
    const share = this.#contains(around) ? (around - this.#view.from) / (this.#view.to - this.#view.from) : 0.5;
    const from = Math.min(Math.max(around - share * size, this.#day.from), this.#day.to - size);
    this.#view = { from, to: from + size };
    this.#draw();
  }

  /** Shows as little as holds all of these lines. */
  fit(around) {
    const spans = this.#lines.flatMap((line) => line.spans);
    const from = Math.min(around, ...spans.map((span) => span.from));
    const to = Math.max(around, ...spans.map((span) => span.to));
    const length = ZOOMS.map(([, each]) => each).findLast((each) => each > (to - from) * 1.1) ?? ZOOMS[0][1];
    this.#view = { ...this.#day };
    this.zoom(length, (from + to) / 2);
  }

  #contains(wall) {
    return this.#view.from <= wall && wall <= this.#view.to;
  }

  #wheel(event) {
    event.preventDefault();
    const size = this.#view.to - this.#view.from;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.#shift((size * (event.deltaX || event.deltaY)) / 1500);
    else this.zoom(Math.min(86_400_000, Math.max(60_000, size * (event.deltaY > 0 ? 1.25 : 0.8))), this.#at(event));
  }

  #shift(milliseconds) {
    const size = this.#view.to - this.#view.from;
    const from = Math.min(Math.max(this.#view.from + milliseconds, this.#day.from), this.#day.to - size);
    this.#view = { from, to: from + size };
    this.#draw();
  }

  #key(event) {
    const step = STEPS[event.key];
    const to = event.key === 'Home' ? this.#day.from : event.key === 'End' ? this.#day.to - 1000 : step ? this.#wall + step : null;
    if (to === null) return;
    event.preventDefault();
    this.#emit('seek', to);
  }

  #at(event) {
    const box = this.#track.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return this.#view.from + share * (this.#view.to - this.#view.from);
  }

  #percent(wall) {
    return ((wall - this.#view.from) / (this.#view.to - this.#view.from)) * 100;
  }

  #draw() {
    const size = this.#view.to - this.#view.from;
    for (const button of this.#zooms.children) button.setAttribute('aria-checked', String(Math.abs(Math.min(button.dataset.length, this.#day.to - this.#day.from) - size) < 1000));
    const step = rulerStep(size, this.clientWidth > 600 ? 14 : 6);
    const marks = [];
    for (let mark = this.#day.from + Math.ceil((this.#view.from - this.#day.from) / step) * step; mark < this.#view.to; mark += step) {
      marks.push(element('span', { style: `left:${this.#percent(mark)}%` }, clockText(mark).slice(0, step < 60_000 ? 8 : 5)));
    }
    this.#ruler.replaceChildren(...marks);
    this.#drawRows();
    this.#place();
  }

  #drawRows() {
    this.#rows.replaceChildren(...this.#lines.map((line) => element('div', { class: 'row', title: line.label }, ...line.spans
      .filter((span) => span.to > this.#view.from && span.from < this.#view.to)
      .map((span) => element('i', { class: `span ${span.source}${span.recording ? ' growing' : ''}`, style: `left:${Math.max(0, this.#percent(span.from))}%;right:${Math.max(0, 100 - this.#percent(span.to))}%` })))));
  }

  #place() {
    if (this.#contains(this.#wall) === false && this.#wall >= this.#day.from && this.#wall < this.#day.to && !this.#track.matches(':active')) {
      this.#shift(this.#wall - this.#view.from - (this.#view.to - this.#view.from) * 0.1);
      return;
    }
    this.#head.style.left = `${this.#percent(this.#wall)}%`;
    this.#head.hidden = !this.#contains(this.#wall);
    if (this.#range) {
      this.#marked.style.left = `${Math.max(0, this.#percent(this.#range.from))}%`;
      this.#marked.style.right = `${Math.max(0, 100 - this.#percent(this.#range.to))}%`;
    }
    this.#track.setAttribute('aria-valuemin', Math.round(this.#day.from / 1000));
    this.#track.setAttribute('aria-valuemax', Math.round(this.#day.to / 1000));
    this.#track.setAttribute('aria-valuenow', Math.round(this.#wall / 1000));
    this.#track.setAttribute('aria-valuetext', clockText(this.#wall));
  }

  #point(event) {
    const wall = this.#at(event);
    const percent = this.#percent(wall);
    this.#hand.hidden = this.#preview.hidden = false;
    this.#hand.style.left = `${percent}%`;
    const box = this.#track.getBoundingClientRect();
    const half = 86;
    this.#preview.style.left = `${Math.min(Math.max(half, (percent / 100) * box.width), box.width - half)}px`;
    const row = Math.floor(((event.clientY - this.#rows.getBoundingClientRect().top) / Math.max(1, this.#rows.clientHeight)) * this.#lines.length);
    const line = this.#lines[Math.min(Math.max(0, row), this.#lines.length - 1)];
    const span = line?.spans.find((each) => each.from <= wall && wall < each.to);
    setText(this.#pictureTime, `${clockText(wall)}${span ? (span.source === 'terminal' ? ' · in the terminal' : '') : ' · nothing recorded'}`);
    clearTimeout(this.#asking);
    if (!span || span.source === 'terminal') this.#picture.hidden = true;
    else this.#asking = setTimeout(() => this.#ask(line, wall), ASK_AFTER_MS);
  }

  async #ask(line, wall) {
    const asked = ++this.#asked;
    const shown = await this.picture(line, wall);
    if (asked !== this.#asked || this.#preview.hidden) return;
    this.#picture.hidden = shown === null;
    if (shown === null) return;
    Object.assign(this.#picture.style, { width: `${shown.width}px`, height: `${shown.height}px`, backgroundImage: `url("${shown.url}")`, backgroundPosition: `-${shown.x}px -${shown.y}px` });
  }

  #leave() {
    clearTimeout(this.#asking);
    this.#asked += 1;
    this.#hand.hidden = this.#preview.hidden = this.#picture.hidden = true;
  }

  /** In words, for the page. */
  static rangeText({ from, to }) {
    return `${clockText(from)} – ${clockText(to)} (${lengthText(to - from)})`;
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('time-bar', TimeBar);
