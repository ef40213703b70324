import { problemOf } from './problem.js';
import { ScrubPictures } from './scrub-pictures.js';

/** The window of the time bar where nothing asks for another one. */
const WINDOW_MS = 600_000;
/** What is recorded is asked again after this long, while somebody looks at it. */
const REFRESH_MS = 10_000;
const SLACK_MS = 2000;
/** Nearer to now than this is live. */
const LIVE_MS = 1500;

export const SPEEDS = Object.freeze([0.25, 0.5, 1, 2, 4, 8, 16]);

/**
 * Where one viewing is in the past, and the way elsewhere: `/api/v1/viewers/{viewer}/playback`. No document. Orders never
 * overtake each other, and of seeks that wait only the last is sent.
 *
 * Events: `change` (the state, the place or what is recorded is another), `problem` (detail: a Problem).
 */
export class Rewind extends EventTarget {
  #server;
  #token;
  #fetch;
  #clock;
  #viewer = null;
  #status = null;
  #heardAt = 0;
  #recorded = [];
  #asked = { from: 0, to: 0, at: 0 };
  #available = false;
  #busy = null;
  #wanted = null;
  #stream;
  #pictures = new ScrubPictures((stream, quality, from, to) => this.#cues(stream, quality, from, to));

  /** @param stream `{name, quality}` that small pictures are shown of; none without */
  constructor({ server, token = '', stream = null, fetch = (...request) => globalThis.fetch(...request), clock = () => performance.now() }) {
    super();
    this.#server = server;
    this.#token = token;
    this.#fetch = fetch;
    this.#clock = clock;
    this.#stream = stream;
  }

  /** False until the server said that this viewer may see recordings. */
  get available() {
    return this.#available;
  }

  /** live, playing, paused or ended. */
  get state() {
    return this.#status?.state ?? 'live';
  }

  get past() {
    return this.state !== 'live';
  }

  get speed() {
    return this.#status?.speed ?? 1;
  }

  /** The code of why it does not go on, or an empty string. */
  get problem() {
    return this.#status?.problem ?? '';
  }

  /** The server's clock, in milliseconds since 1970. */
  get now() {
    return this.#status ? this.#status.now + this.#sinceHeard() : Date.now();
  }

  /** When the picture was recorded that is shown, in milliseconds since 1970. */
  get at() {
    if (!this.past) return this.now;
    const moved = this.state === 'playing' ? this.#sinceHeard() * this.speed : 0;
    return Math.min(this.#status.at + moved, this.now);
  }

  /** Times with pictures, [{from, to}] in milliseconds; what is recorded right now is part of the last. */
  get recorded() {
    return this.#recorded;
  }

  /** What a bar shows: around the present place, and up to now where that is near. */
  get window() {
    const now = this.now;
    const at = this.at;
    if (now - at > WINDOW_MS) return { from: at - WINDOW_MS / 2, to: Math.min(now, at + WINDOW_MS / 2) };
    const first = this.#recorded.find((each) => each.to > now - WINDOW_MS)?.from ?? now;
    return { from: Math.min(Math.max(first, now - WINDOW_MS), at, now - 30_000), to: now };
  }

  /** The small picture of a moment: `{url, x, y, width, height}`; null if there is none. */
  async picture(wall) {
    if (!this.#stream || !this.#available) return null;
    const near = await this.#pictures.near(this.#stream.name, this.#stream.quality, wall);
    return near && { ...near, url: new URL(near.url, this.#server).href };
  }

  /** Another viewing; null for none. What was shown is forgotten unless `keep` is set. */
  async watch(viewer) {
    this.#viewer = viewer;
    this.#available = false;
    this.#recorded = [];
    this.#wanted = null;
    if (viewer === null) return;
    await this.refresh();
  }

  /** The viewing is live again, or over. */
  reset() {
    this.#status = null;
    this.#tell();
  }

  /** Asks again where what is known of a window is old, or of another one. */
  cover({ from, to }) {
    const now = this.#clock();
    const old = now - this.#asked.at > REFRESH_MS;
    const elsewhere = (from < this.#asked.from - SLACK_MS || to > this.#asked.to + REFRESH_MS + SLACK_MS) && now - this.#asked.at > 1000;
    if (old || elsewhere) this.refresh();
  }

  /** Asks what there is. */
  async refresh() {
    const viewer = this.#viewer;
    if (viewer === null) return;
    const query = new URLSearchParams();
    const now = this.now;
    const { from, to } = this.past ? this.window : { from: now - WINDOW_MS, to: now };
    this.#asked = { from, to, at: this.#clock() };
    if (this.past) {
      query.set('from', new Date(from).toISOString());
      query.set('to', new Date(to).toISOString());
    }
    const answer = await this.#ask('GET', `?${query}`).catch(() => null);
    if (viewer !== this.#viewer) return;
    this.#available = answer !== null;
    if (answer) this.#accept(answer);
    this.#tell();
  }

  /** The server says by itself where it is. */
  hear(message) {
    if (message.viewer === this.#viewer) this.#accept(message);
  }

  /** @param when a Date, a time as text, milliseconds since 1970, or, below 0, seconds before now */
  seek(when) {
    const order = typeof when === 'number' && when < 0
      ? { action: 'seek', back_s: -when }
      : { action: 'seek', at: new Date(when).toISOString() };
    if (order.at && this.past === false && this.now - Date.parse(order.at) < LIVE_MS) return Promise.resolve();
    if (order.at && this.now - Date.parse(order.at) < LIVE_MS) return this.live();
    return this.#order(order);
  }

  /** Seconds from the present place; to now is live. */
  skip(seconds) {
    return this.seek(this.at + seconds * 1000);
  }

  pause() {
    return this.#order({ action: 'pause' });
  }

  resume() {
    return this.#order({ action: 'resume' });
  }

  setSpeed(speed) {
    return this.#order({ action: 'speed', speed });
  }

  step(direction) {
    return this.#order({ action: 'step', direction });
  }

  live() {
    return this.past ? this.#order({ action: 'live' }) : Promise.resolve();
  }

  async #order(order) {
    if (this.#viewer === null) return;
    this.#wanted = order;
    // While one is under way the last of the others waits.
    while (this.#busy) await this.#busy;
    if (this.#wanted !== order) return;
    this.#wanted = null;
    this.#busy = this.#send(order);
    await this.#busy;
  }

  async #send(order) {
    const viewer = this.#viewer;
    try {
      const answer = await this.#ask('POST', '', order);
      if (viewer === this.#viewer) this.#accept(answer);
    } catch (problem) {
      this.dispatchEvent(new CustomEvent('problem', { detail: problem }));
    } finally {
      this.#busy = null;
    }
  }

  async #ask(method, query, body) {
    const response = await this.#call(`/api/v1/viewers/${this.#viewer}/playback${query.length > 1 ? query : ''}`, method, body);
    return response.json();
  }

  async #cues(stream, quality, from, to) {
    const query = new URLSearchParams({ stream, quality, from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    const response = await this.#call(`/api/v1/recordings/thumbnails.vtt?${query}`, 'GET');
    return response.text();
  }

  async #call(path, method, body) {
    const headers = { ...(this.#token ? { Authorization: `Bearer ${this.#token}` } : {}), ...(body ? { 'Content-Type': 'application/json' } : {}) };
    const response = await this.#fetch(new URL(path, this.#server), { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  #accept({ state, at, speed, now, problem = '', recorded }) {
    this.#status = { state, at: Date.parse(at), speed, now: Date.parse(now), problem };
    this.#heardAt = this.#clock();
    if (recorded) this.#recorded = recorded.map((each) => ({ from: Date.parse(each.from), to: Date.parse(each.to) }));
    this.#tell();
  }

  #sinceHeard() {
    return this.#clock() - this.#heardAt;
  }

  #tell() {
    this.dispatchEvent(new CustomEvent('change'));
  }
}
