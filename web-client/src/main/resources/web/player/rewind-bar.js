import { iconMarkup } from './icons.js';
import { SPEEDS } from './rewind.js';

const TEMPLATE = `
<button type="button" data-past="toggle"></button>
<button type="button" data-past="back" class="roomy" title="10 seconds back" aria-label="10 seconds back">${iconMarkup('back10')}</button>
<button type="button" data-past="backward" class="stepping" title="One picture back" aria-label="One picture back">${iconMarkup('stepBack')}</button>
<button type="button" data-past="forward" class="stepping" title="One picture on" aria-label="One picture on">${iconMarkup('stepOn')}</button>
<div class="time-bar">
  <div class="track"></div>
  <input type="range" min="0" max="1000" step="1" aria-label="Time">
  <div class="hint" hidden><i class="still" hidden></i><output></output></div>
</div>
<span class="when"></span>
<button type="button" data-past="speed" class="speed" title="Speed">1×</button>
<button type="button" data-past="live" class="go-live">Live</button>`;

/** Whoever rests on a place for so long is shown a small picture of it. */
const PICTURE_AFTER_MS = 60;

/** A place this near to the end of the bar, as a part of it, is live. */
const END = 0.995;

/** The row of the controls that belongs to the past: a time bar with what is recorded, and the way back to now. */
export class RewindBar {
  #row;
  #rewind;
  #dragging = false;
  #timer = 0;
  #asking = 0;
  #asked = 0;

  /** @param {HTMLElement} row an empty element that this may fill */
  constructor(row) {
    this.#row = row;
    row.innerHTML = TEMPLATE;
    const slider = this.#find('input');
    slider.addEventListener('pointerdown', () => { this.#dragging = true; });
    slider.addEventListener('input', () => this.#moved());
    slider.addEventListener('change', () => {
      this.#dragging = false;
      this.#leave();
      if (slider.value / 1000 >= END) this.#rewind?.live();
    });
    slider.addEventListener('pointermove', (event) => this.#point(event));
    slider.addEventListener('pointerleave', () => { if (!this.#dragging) this.#leave(); });
    for (const button of row.querySelectorAll('[data-past]')) button.addEventListener('click', () => this.act(button.dataset.past));
  }

  /** Shows another way into the past; null for none. */
  set rewind(rewind) {
    this.#rewind = rewind;
    rewind?.addEventListener('change', () => { if (rewind === this.#rewind) this.#draw(); });
    this.#draw();
  }

  /** toggle, back, on, backward, forward, slower, faster, speed or live. */
  act(what) {
    const rewind = this.#rewind;
    if (!rewind?.available) return;
    const speed = SPEEDS.indexOf(rewind.speed);
    switch (what) {
      case 'toggle': if (rewind.state === 'paused') rewind.resume(); else rewind.pause(); break;
      case 'back': rewind.skip(-10); break;
      case 'on': if (rewind.past) rewind.skip(10); break;
      case 'backward': case 'forward': rewind.step(what); break;
      case 'slower': if (rewind.past) rewind.setSpeed(SPEEDS[Math.max(0, speed - 1)]); break;
      case 'faster': if (rewind.past) rewind.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, speed + 1)]); break;
      case 'speed': if (rewind.past) rewind.setSpeed(SPEEDS[(speed + 1) % SPEEDS.length]); break;
      case 'live': rewind.live(); break;
      default: break;
    }
  }

  #moved() {
    const { from, to } = this.#rewind.window;
    const part = this.#find('input').value / 1000;
    if (part < END) this.#rewind.seek(from + (to - from) * part);
    this.#hint(part, from + (to - from) * part);
  }

  #point(event) {
    if (event.pointerType !== 'mouse' || !this.#rewind) return;
    const box = event.currentTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const { from, to } = this.#rewind.window;
    this.#hint(part, from + (to - from) * part);
  }

  #hint(part, at) {
    const hint = this.#find('.hint');
    hint.querySelector('output').textContent = clockText(at);
    hint.style.setProperty('--place', `${part * 100}%`);
    hint.hidden = false;
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#showStill(at), PICTURE_AFTER_MS);
  }

  async #showStill(at) {
    const asked = ++this.#asked;
    const rewind = this.#rewind;
    const shown = await rewind?.picture(at);
    if (asked !== this.#asked || rewind !== this.#rewind || this.#find('.hint').hidden) return;
    const still = this.#find('.still');
    still.hidden = !shown;
    if (shown) Object.assign(still.style, { width: `${shown.width}px`, height: `${shown.height}px`, backgroundImage: `url("${shown.url}")`, backgroundPosition: `-${shown.x}px -${shown.y}px` });
  }

  #leave() {
    clearTimeout(this.#asking);
    this.#asked += 1;
    this.#find('.hint').hidden = this.#find('.still').hidden = true;
  }

  #draw() {
    const rewind = this.#rewind;
    clearTimeout(this.#timer);
    this.#row.hidden = !rewind?.available;
    if (this.#row.hidden) return;
    const { from, to } = rewind.window;
    if (this.#row.checkVisibility?.({ opacityProperty: true }) ?? true) rewind.cover({ from, to });
    const place = (time) => Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100));
    const live = to >= rewind.now - 1000;
    this.#find('.track').replaceChildren(...rewind.recorded.map((span, index) => {
      const bar = document.createElement('i');
      const end = live && index === rewind.recorded.length - 1 && rewind.now - span.to < 15_000 ? to : span.to;
      bar.style.insetInlineStart = `${place(span.from)}%`;
      bar.style.inlineSize = `${Math.max(0, place(end) - place(span.from))}%`;
      return bar;
    }));
    const slider = this.#find('input');
    const at = rewind.at;
    if (!this.#dragging) slider.value = String(Math.round(place(at) * 10));
    slider.setAttribute('aria-valuetext', rewind.past ? clockText(at) : 'live');
    this.#row.dataset.past = rewind.state;
    this.#row.style.setProperty('--shown', `${place(at)}%`);
    this.#find('.when').textContent = rewind.past ? behindText(rewind.now - at) : '';
    this.#find('.speed').textContent = `${rewind.speed}×`;
    this.#find('.speed').disabled = !rewind.past;
    this.#find('.go-live').setAttribute('aria-pressed', String(!rewind.past));
    const toggle = this.#find('[data-past="toggle"]');
    const still = rewind.state === 'paused';
    if (toggle.dataset.icon !== String(still)) {
      toggle.dataset.icon = String(still);
      toggle.innerHTML = iconMarkup(still ? 'play' : 'pause');
      toggle.title = still ? 'Go on' : 'Pause';
      toggle.setAttribute('aria-label', toggle.title);
    }
    this.#timer = setTimeout(() => this.#draw(), rewind.past && rewind.state === 'playing' ? 250 : 1000);
  }

  #find(selector) {
    return this.#row.querySelector(selector);
  }
}

/** The time of day where the viewer is, with the day if it is another. */
export function clockText(at, now = Date.now()) {
  const time = new Date(at);
  const clock = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return time.toDateString() === new Date(now).toDateString() ? clock : `${time.toLocaleDateString([], { day: 'numeric', month: 'short' })} ${clock}`;
}

/** How far back, such as −0:42 or −1:02:03. */
export function behindText(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (value) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `−${minutes}:${two(seconds % 60)}` : `−${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
