import { Rewind } from './rewind.js';

/**
 * An element whose viewing can go into the past: the part of `<roadcast-player>` that pages call for it. `playbackchange`
 * {state, at, speed, problem} comes with every change and once a second while something recorded is played.
 */
export class PastElement extends HTMLElement {
  #rewind = null;
  #begun = false;

  get stream() {
    return this.getAttribute('stream') ?? '';
  }

  set stream(value) {
    this.setAttribute('stream', value);
  }

  /** {state: live, playing, paused or ended; at: Date; speed; problem: a code or an empty string}. */
  get playback() {
    const { state = 'live', at = Date.now(), speed = 1, problem = '' } = this.#rewind ?? {};
    return { state, at: new Date(at), speed, problem };
  }

  /** Shows what was recorded at a time: a Date, a text, or seconds before now such as -30. */
  seek(when) {
    return this.#viewing?.seek(when);
  }

  pause() {
    return this.#viewing?.pause();
  }

  resume() {
    return this.#viewing?.resume();
  }

  /** 0.25 to 16; faster than 4 shows keyframes only. */
  setSpeed(speed) {
    return this.#viewing?.setSpeed(speed);
  }

  /** Stands still on the next picture, or on the one before: 'forward' or 'backward'. */
  step(direction = 'forward') {
    return this.#viewing?.step(direction);
  }

  goLive() {
    return this.#viewing?.live();
  }

  /** Who asks for the past does not wait for the first pictures. */
  get #viewing() {
    this.settle();
    return this.#rewind;
  }

  // ---- for the player itself

  /** Has the server tell of the viewing, if there is one, and asks what was recorded. */
  settle() {
    // a player that has viewings says how
  }

  /** Whether no picture is to be expected. */
  get standsStill() {
    return ['paused', 'ended'].includes(this.#rewind?.state);
  }

  /** Has the next viewing begin where the last one was when it broke, at first where `start` says, or else live. */
  fromStart(endpoint) {
    const start = this.#rewind?.past ? new Date(this.#rewind.at).toISOString() : this.#begun ? null : this.getAttribute('start');
    if (start) endpoint.searchParams.set('start', start);
    return endpoint;
  }

  /** The next viewing begins anew. */
  forgetPast() {
    this.#begun = false;
    this.#rewind?.reset();
  }

  /** A viewing stands, or with null none does. */
  watchPast(viewer, { server, token, view }) {
    if (viewer === null) {
      this.#rewind?.watch(null);
      return;
    }
    this.#begun = true;
    const before = this.#rewind;
    const quality = this.getAttribute('quality') === 'sub' ? 'sub' : 'main';
    const rewind = new Rewind({ server, token, stream: { name: this.stream, quality } });
    before?.watch(null);
    this.#rewind = rewind;
    rewind.addEventListener('change', () => {
      if (rewind !== this.#rewind) return;
      view.past(rewind);
      this.dispatchEvent(new CustomEvent('playbackchange', { detail: this.playback }));
    });
    rewind.addEventListener('problem', ({ detail }) => view.say(detail.detail || detail.code));
    view.rewindBar.rewind = rewind;
    rewind.watch(viewer);
  }

  hearPast(message) {
    this.#rewind?.hear(message);
  }
}

/** Keys of the past, and what the time bar does for them. */
export const PAST_KEYS = Object.freeze({ p: 'toggle', j: 'back', l: 'on', ',': 'backward', '.': 'forward', '-': 'slower', '+': 'faster', g: 'live' });
