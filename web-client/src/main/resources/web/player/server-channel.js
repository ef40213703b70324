import { Backoff } from './backoff.js';
import { problemOf } from './problem.js';

const FIGURES_MS = 10_000;
/** A viewing that has just begun is told of soon: it may be a short one. */
const FIRST_FIGURES_MS = 2_000;
/** The server takes no more in one message. */
const MAX_TOLD = 64;

/**
 * The push connection to one server (`/api/v1/ws`): what streams do, and notices to viewers. Comes back by itself, asks
 * again for the viewers it follows, and falls back to asking for the list while it cannot be opened.
 *
 * Events: `message` (detail: one server message), `state` (detail: `connecting`, `open`, `closed` or `unauthorized`).
 * A channel works while at least one user holds it; see `sharedChannel`.
 */
export class ServerChannel extends EventTarget {
  #server;
  #token;
  #WebSocket;
  #fetch;
  #backoff;
  #socket = null;
  #timer = 0;
  #users = 0;
  #viewers = new Set();
  #away = new Set();
  #figures = new Map();
  #figuresTimer = 0;
  #told = new Set();
  #state = 'closed';

  constructor({ server, token = '', backoff = new Backoff({ longestMs: 15_000 }), WebSocket = globalThis.WebSocket,
    fetch = (...request) => globalThis.fetch(...request) }) {
    super();
    this.#server = new URL(server);
    this.#token = token;
    this.#backoff = backoff;
    this.#WebSocket = WebSocket;
    this.#fetch = fetch;
  }

  get state() {
    return this.#state;
  }

  /** Takes the channel into use; every hold needs a release. */
  hold() {
    this.#users += 1;
    if (this.#users === 1) this.#connect();
  }

  release() {
    this.#users -= 1;
    if (this.#users > 0) return;
    clearTimeout(this.#timer);
    clearTimeout(this.#figuresTimer);
    this.#figuresTimer = 0;
    this.#socket?.close();
    this.#socket = null;
    this.#enter('closed');
  }

  /** Asks for the notices to one viewer. */
  follow(viewer) {
    this.#viewers.add(viewer);
    if (this.#state === 'open') this.#say('viewer.follow', viewer);
  }

  unfollow(viewer) {
    this.#viewers.delete(viewer);
    this.#away.delete(viewer);
    this.#figures.delete(viewer);
    this.#told.delete(viewer);
  }

  /** Nobody looks at what this viewer shows: its stream need not come for its sake. */
  pause(viewer) {
    this.#away.add(viewer);
    if (this.#state === 'open') this.#say('viewer.pause', viewer);
  }

  /** Somebody looks again. */
  resume(viewer) {
    if (this.#away.delete(viewer) && this.#state === 'open') this.#say('viewer.resume', viewer);
  }

  /** Tells how a viewer's picture is; all players of a page in one message, every ten seconds. */
  tell(viewer, figures) {
    if (!this.#viewers.has(viewer)) return;
    this.#figures.set(viewer, figures);
    if (!this.#told.has(viewer)) {
      this.#told.add(viewer);
      clearTimeout(this.#figuresTimer);
      this.#figuresTimer = setTimeout(() => this.#sendFigures(), FIRST_FIGURES_MS);
    } else if (!this.#figuresTimer) {
      this.#figuresTimer = setTimeout(() => this.#sendFigures(), FIGURES_MS);
    }
  }

  #sendFigures() {
    this.#figuresTimer = 0;
    if (this.#state !== 'open' || this.#figures.size === 0) return;
    const viewers = [...this.#figures].slice(0, MAX_TOLD).map(([viewer, figures]) => ({ viewer, figures }));
    this.#figures.clear();
    this.#socket?.send(JSON.stringify({ type: 'viewer.figures', viewers }));
  }

  /** Says something that is no viewer's affair; nothing is said while the connection is not open. */
  say(message) {
    if (this.#state === 'open') this.#socket?.send(JSON.stringify(message));
  }

  #connect() {
    this.#enter('connecting');
    const address = new URL('/api/v1/ws', this.#server);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    if (this.#token) address.searchParams.set('token', this.#token);
    const socket = new this.#WebSocket(address.href);
    this.#socket = socket;
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      this.#enter('open');
      for (const viewer of this.#viewers) this.#say('viewer.follow', viewer);
      for (const viewer of this.#away) this.#say('viewer.pause', viewer);
    });
    socket.addEventListener('message', ({ data }) => {
      this.#backoff.reset();
      const message = readJson(data);
      if (message) this.dispatchEvent(new CustomEvent('message', { detail: message }));
    });
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#afterClose(opened);
    });
  }

  async #afterClose(opened) {
    this.#enter('closed');
    const refused = opened ? null : await this.#probe();
    if (this.#users === 0 || this.#socket !== null) return;
    if (refused === 401 || refused === 403) {
      this.#enter('unauthorized');
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), this.#backoff.next());
  }

  /** A browser hides why a WebSocket was refused, so the list is asked for; its answer also serves as the list. */
  async #probe() {
    try {
      const headers = this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
      const streams = [];
      const page = new URL('/api/v1/streams?limit=500', this.#server);
      for (let cursor = ''; cursor !== undefined;) {
        if (cursor) page.searchParams.set('cursor', cursor);
        const response = await this.#fetch(page, { headers });
        if (!response.ok) return (await problemOf(response)).status;
        const { items, next } = await response.json();
        streams.push(...items);
        cursor = next || undefined;
      }
      this.dispatchEvent(new CustomEvent('message', { detail: { type: 'list', streams } }));
    } catch {
      // Unreachable: the next attempt tells.
    }
    return null;
  }

  #say(type, viewer) {
    this.#socket?.send(JSON.stringify({ type, viewer }));
  }

  #enter(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const channels = new Map();

/** All players and pages of one document share one channel per server and token. */
export function sharedChannel(server, token = '') {
  const key = `${new URL(server).origin} ${token}`;
  if (!channels.has(key)) channels.set(key, new ServerChannel({ server, token }));
  return channels.get(key);
}
