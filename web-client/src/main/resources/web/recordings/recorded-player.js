import { element, setText } from '../app/dom.js';
import { partsOf, secondOf, spanAt, wallOf } from './moments.js';

/** How much is loaded as one playlist, around the moment that is wanted. */
const WINDOW_MS = 40 * 60_000;
const BEFORE_MS = 5 * 60_000;
/** Further than that from the others, a player jumps; nearer, it hurries or dawdles. */
const JUMP_S = 0.8;
const IN_STEP_S = 0.08;
const HURRY = 0.1;

/**
 * One channel's recording, played by hls.js. It is told where to be (`show`) and says where it is (`wall`).
 *
 * Events: `moved` (a picture of another moment may be seen), `failed` (detail: `{status}`), `choose`.
 */
export class RecordedPlayer extends HTMLElement {
  #video = element('video', { playsinline: true, muted: true, disablepictureinpicture: true });
  #curtain = element('p', { class: 'curtain', role: 'status' });
  #label = element('p', { class: 'player-label' });
  #line = null;
  #hls = null;
  #window = null;
  #parts = [];
  #wanted = null;
  #rate = 1;
  #playing = false;
  token = '';

  connectedCallback() {
    if (this.#video.isConnected) return;
    this.#video.muted = true;
    this.append(this.#video, this.#curtain, this.#label);
    this.addEventListener('click', () => this.dispatchEvent(new Event('choose')));
    for (const type of ['seeked', 'timeupdate', 'loadeddata']) this.#video.addEventListener(type, () => this.dispatchEvent(new Event('moved')));
  }

  disconnectedCallback() {
    this.#unload();
  }

  get stream() {
    return this.#line?.stream ?? '';
  }

  get video() {
    return this.#video;
  }

  set label(words) {
    setText(this.#label, words);
    this.#video.setAttribute('aria-label', words);
  }

  set muted(muted) {
    this.#video.muted = muted;
  }

  /** What is recorded of this channel; may grow. */
  set line(line) {
    this.#line = line;
  }

  /** When the picture that is seen was taken; null if there is none. */
  get wall() {
    return this.#parts.length > 0 && this.#wanted === null && this.#video.readyState >= 2 ? wallOf(this.#parts, this.#video.currentTime) : null;
  }

  /** Whether a picture of that moment is recorded. */
  has(wall) {
    return this.#line !== null && spanAt(this.#line.spans, wall)?.source === 'server';
  }

  /** Whether it is on its way to a picture and has none to go on with. */
  get waiting() {
    return this.#wanted !== null || (!this.#video.paused && this.#video.readyState < 3) || this.#video.seeking;
  }

  /** Shows the moment. */
  show(wall) {
    if (!this.has(wall)) {
      this.#hide(spanAt(this.#line?.spans ?? [], wall) ? 'This time is in the terminal only' : 'Nothing recorded at this time');
      return;
    }
    setText(this.#curtain, '');
    this.#wanted = wall;
    if (this.#window && wall >= this.#window.from && wall < this.#window.to && this.#parts.length > 0) this.#seek();
    else if (!this.#window || wall < this.#window.from || wall >= this.#window.to) this.#load(wall);
  }

  /** Plays, or stands still, at this speed. */
  run(playing, rate) {
    this.#rate = rate;
    this.#playing = playing;
    this.#video.playbackRate = rate;
    if (!playing || this.#curtain.textContent !== '') this.#video.pause();
    else if (this.#video.paused && this.#video.readyState >= 1) this.#video.play().catch(() => {});
  }

  /** Keeps to the moment that the others are at. */
  follow(wall) {
    const own = this.wall;
    if (!this.has(wall)) {
      if (this.#curtain.textContent === '') this.show(wall);
      return;
    }
    if (this.#curtain.textContent !== '' || this.#window === null) {
      this.show(wall);
      return;
    }
    if (own === null) return;
    const behind = (wall - own) / 1000;
    if (Math.abs(behind) > JUMP_S * Math.max(1, this.#rate) && !this.#video.seeking) this.show(wall);
    else this.#video.playbackRate = Math.abs(behind) < IN_STEP_S ? this.#rate : this.#rate * (1 + Math.sign(behind) * HURRY);
  }

  /** The latest moment that what is loaded goes up to. */
  get loadedUntil() {
    const last = this.#parts.at(-1);
    return last ? last.at + (last.end - last.start) * 1000 : -Infinity;
  }

  /** Loads anew what has grown meanwhile. */
  reload(wall) {
    this.#window = null;
    this.show(wall);
  }

  #hide(words) {
    setText(this.#curtain, words);
    this.#wanted = null;
    this.#video.pause();
  }

  #load(wall) {
    this.#unload();
    const { Hls } = globalThis;
    if (!Hls?.isSupported()) {
      this.#hide('This browser cannot play recordings here; they can be downloaded.');
      return;
    }
    this.#window = { from: wall - BEFORE_MS, to: wall - BEFORE_MS + WINDOW_MS };
    const { stream, quality } = this.#line;
    const address = `/api/v1/recordings/range.m3u8?stream=${encodeURIComponent(stream)}&quality=${quality}&from=${iso(this.#window.from)}&to=${iso(this.#window.to)}`;
    const hls = new Hls({
      // Workers from blobs are not allowed to this page, and nothing has to be converted.
      enableWorker: false, startPosition: -1, autoStartLoad: false, maxBufferLength: 20, maxMaxBufferLength: 60, backBufferLength: 30,
      xhrSetup: (request, url) => {
        request.open('GET', url, true);
        // What the playlist names is signed.
        if (this.token && url.includes('range.m3u8')) request.setRequestHeader('Authorization', `Bearer ${this.token}`);
      },
    });
    this.#hls = hls;
    hls.on(Hls.Events.LEVEL_LOADED, (event, { details }) => {
      this.#parts = partsOf(details.fragments);
      const target = secondOf(this.#parts, this.#wanted ?? this.#window.from);
      hls.startLoad(target?.second ?? 0);
      this.#seek();
    });
    for (const type of [Hls.Events.LEVEL_UPDATED, Hls.Events.LEVEL_PTS_UPDATED]) hls.on(type, (event, { details }) => { this.#parts = partsOf(details.fragments); });
    hls.on(Hls.Events.ERROR, (event, data) => this.#failed(hls, data));
    hls.loadSource(address);
    hls.attachMedia(this.#video);
  }

  #failed(hls, { fatal, type, details, response }) {
    if (!fatal || this.#hls !== hls) return;
    if (type === globalThis.Hls.ErrorTypes.MEDIA_ERROR && !hls.recovered) {
      hls.recovered = true;
      hls.recoverMediaError();
      return;
    }
    this.#unload();
    const words = { 0: 'The server cannot be reached', 401: 'Sign-in needed', 403: 'You may not see this recording', 404: 'This recording is not there any more' };
    this.#hide(words[response?.code] ?? `This recording cannot be played (${details})`);
    this.dispatchEvent(new CustomEvent('failed', { detail: { status: response?.code ?? 0 } }));
  }

  #seek() {
    const target = this.#wanted === null ? null : secondOf(this.#parts, this.#wanted);
    if (target) this.#video.currentTime = target.second;
    this.#wanted = null;
    this.run(this.#playing, this.#rate);
  }

  #unload() {
    this.#hls?.destroy();
    this.#hls = null;
    this.#window = null;
    this.#parts = [];
  }
}

function iso(time) {
  return new Date(time).toISOString();
}

customElements.define('recorded-player', RecordedPlayer);
