import { watchAttention } from './attention.js';
import { Backoff } from './backoff.js';
import { isFullscreen, toggleFullscreen } from './fullscreen.js';
import { iceServersFor } from './ice-servers.js';
import { PAST_KEYS, PastElement } from './past-element.js';
import { IDLE_SITUATION, PlayerState, reduce } from './player-state.js';
import { ASKING_MS, DISCONNECTED_MS, ENDED_PAUSE_MS, NO_PATH_MS, PROVEN_MS, SETTLE_MS, SILENCE_MS } from './player-times.js';
import { PlayerView } from './player-view.js';
import { prepareOffer } from './prepared-offer.js';
import { Problem } from './problem.js';
import { sharedChannel } from './server-channel.js';
import { pictureOf, save } from './snapshot.js';
import { StatisticsMeter } from './statistics.js';
import { rememberVolume, rememberedVolume } from './volume-memory.js';
import { WhepSession } from './whep-session.js';

/**
 * `<roadcast-player stream="13912345678-1" quality="main|sub|low" server="https://host" token="…" label="…" latency="lowest|smooth"
 * muted controls start>`: shows one stream, live or recorded (`PastElement`), and keeps showing it. A label has a strip above the picture.
 *
 * Events (none bubbles): `statechange` {state, previous, code, headline, detail}, `firstframe` {milliseconds},
 * `error` {code, status, detail, final}, `stats` (figures, once a second), `volumechange` {muted, volume}.
 */
export class RoadcastPlayer extends PastElement {
  static observedAttributes = ['stream', 'quality', 'server', 'token', 'latency', 'muted', 'controls', 'label', 'start'];

  #view = new PlayerView(this.attachShadow({ mode: 'open' }));
  #situation = IDLE_SITUATION;
  #session = null;
  #meter = null;
  #figures = null;
  #statisticsShown = false;
  #backoff = new Backoff();
  #channel = null;
  #followed = null;
  #openedAt = 0;
  #firstFrameMs = null;
  #lastFrameAt = 0;
  #lastFrames = 0;
  #lastPictureAt = null;
  #retryAt = 0;
  #timers = { retry: 0, tick: 0, disconnected: 0, path: 0, asking: 0, settle: 0 };
  #restartQueued = false;
  #looking = true;
  #endAttention = () => {};

  constructor() {
    super();
    this.#view.onAction((action) => this.#act(action));
    this.#view.onVolume((volume) => this.#setSound(volume === 0, volume));
    this.#view.situation(this.#situation);
    this.addEventListener('keydown', (event) => this.#key(event));
    // Waking up in the same event would let the first touch press a button that was not to be seen.
    this.addEventListener('pointermove', (event) => { if (event.pointerType === 'mouse') this.#view.wake(); });
    this.addEventListener('click', () => this.#view.wake());
    this.addEventListener('fullscreenchange', () => this.#view.fullscreen(isFullscreen(this)));
  }

  /** One of PlayerState: idle, connecting, live, waiting, reconnecting, ended, refused. */
  get state() {
    return this.#situation.state;
  }

  /** The server's name for this viewing, after a break for the last one; null before the first and when stopped. */
  get viewerId() {
    return this.#session?.viewerId ?? this.#followed;
  }

  /** For measurements only; the player owns it. */
  get peerConnection() {
    return this.#session?.peerConnection ?? null;
  }

  get muted() {
    return this.#view.video.muted;
  }

  set muted(value) {
    this.#setSound(value, this.#view.video.volume);
  }

  connectedCallback() {
    if (!this.hasAttribute('tabindex')) this.tabIndex = 0;
    this.#view.controls(this.hasAttribute('controls'));
    this.#showName();
    if (this.#session) {
      // Moved within the page, see disconnectedCallback.
      this.#view.video.play().catch(() => {});
      return;
    }
    addEventListener('pagehide', this.#leave);
    addEventListener('pageshow', this.#return);
    this.#endAttention = watchAttention((looking) => this.#look(looking));
    this.play();
  }

  disconnectedCallback() {
    // An element that is only moved is connected again before this runs, and keeps its session.
    queueMicrotask(() => {
      if (this.isConnected) return;
      removeEventListener('pagehide', this.#leave);
      removeEventListener('pageshow', this.#return);
      this.#endAttention();
      this.stop();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === 'controls') this.#view.controls(after !== null);
    else if (name === 'muted') this.#setSound(after !== null, this.#view.video.volume);
    else this.#showName();
    if (['stream', 'quality', 'server', 'token', 'latency', 'start'].includes(name)) this.#queueRestart();
  }

  /** Starts watching, at once and from the beginning. */
  play() {
    this.#backoff.reset();
    this.#view.video.volume = rememberedVolume();
    this.#lastPictureAt = null;
    this.#view.forgetLastPicture();
    this.forgetPast();
    if (!this.stream) {
      this.#dispatch({ type: 'stop' });
      return;
    }
    this.#dispatch({ type: 'play' });
  }

  /** Stops watching and tells the server. */
  stop() {
    this.#dispatch({ type: 'stop' });
    this.#leaveChannel();
  }

  /** The newest figures, null before the first second. */
  async stats() {
    if (this.#session) await this.#measure();
    return this.#figures;
  }

  /** The present picture as a PNG blob, saved under the stream's name and time unless `download` is false. */
  async snapshot({ download = true } = {}) {
    const { video } = this.#view;
    if (!video.videoWidth) {
      this.#view.say('There is no picture to save yet.');
      return null;
    }
    const picture = await pictureOf(video);
    if (download && picture) {
      save(picture, this.stream);
      this.#view.flash();
    }
    return picture;
  }

  #dispatch(event) {
    const previous = this.#situation;
    const next = reduce(previous, event);
    this.#situation = next;
    if (next.state !== 'live' && previous.state === 'live') {
      this.#lastPictureAt = new Date();
      this.#view.keepLastPicture();
    }
    switch (next.effect) {
      case 'open': this.#open(); break;
      case 'retry': this.#retry(event.problem?.retryAfterMs ?? (next.code === 'stream_ended' ? ENDED_PAUSE_MS : 0)); break;
      case 'close': this.#close(); break;
      default: break;
    }
    if (next.state === previous.state && next.headline === previous.headline && next.detail === previous.detail) return;
    this.#view.situation(next, this.#lastPictureAt);
    this.#offerSound();
    const { state, code, headline, detail } = next;
    if (state !== previous.state) this.#emit('statechange', { state, previous: previous.state, code, headline, detail });
  }

  async #open() {
    this.#close();
    const session = new WhepSession({
      endpoint: this.#endpoint(),
      token: this.getAttribute('token') ?? '',
      latency: this.getAttribute('latency') === 'smooth' ? 'smooth' : 'lowest',
      iceServers: iceServersFor(this.#server(), this.getAttribute('token') ?? ''),
    });
    this.#session = session;
    this.#openedAt = performance.now();
    this.#firstFrameMs = null;
    this.#listenToSession(session);
    this.#timers.asking = setTimeout(() => {
      this.#listenToServer();
      this.#dispatch({ type: 'asking' });
    }, ASKING_MS);
    try {
      await session.open();
    } catch (problem) {
      if (this.#session !== session) return;
      this.#listenToServer();
      const { code, status, detail, final } = problem;
      this.#emit('error', { code, status, detail, final });
      this.#dispatch({ type: 'problem', problem });
      return;
    }
    if (this.#session !== session) return;
    clearTimeout(this.#timers.asking);
    this.#timers.settle = setTimeout(() => this.settle(), SETTLE_MS);
    if (!this.#meter) this.#timers.path = setTimeout(() => this.#failed(), NO_PATH_MS);
    this.#offerSound();
  }

  settle() {
    clearTimeout(this.#timers.settle);
    const viewer = this.#session?.viewerId ?? null;
    if (viewer === null || viewer === this.#followed) return;
    this.#listenToServer();
    this.#follow(viewer);
  }

  #listenToSession(session) {
    const { video } = this.#view;
    const media = new MediaStream();
    session.addEventListener('track', ({ detail: { track } }) => {
      media.addTrack(track);
      if (video.srcObject !== media) video.srcObject = media;
      video.play().catch(() => {});
    });
    session.addEventListener('connected', () => {
      clearTimeout(this.#timers.disconnected);
      clearTimeout(this.#timers.path);
      if (this.#meter) return;
      this.#meter = new StatisticsMeter();
      this.#lastFrameAt = performance.now();
      this.#lastFrames = 0;
      this.#timers.tick = setInterval(() => this.#tick(), 1000);
    });
    session.addEventListener('disconnected', () => {
      clearTimeout(this.#timers.disconnected);
      this.#timers.disconnected = setTimeout(() => this.#dispatch({ type: 'lost' }), DISCONNECTED_MS);
    });
    session.addEventListener('failed', () => this.#failed());
    video.requestVideoFrameCallback?.(() => { if (this.#session === session) this.#frameCame(); });
  }

  /** The connection is beyond repair; one that never stood is a different trouble from one that broke. */
  #failed() {
    if (this.#meter) {
      this.#dispatch({ type: 'lost' });
      return;
    }
    const problem = new Problem({ code: 'NO_MEDIA_PATH' });
    this.#emit('error', { code: problem.code, status: 0, detail: '', final: false });
    this.#dispatch({ type: 'problem', problem });
  }

  #close() {
    clearTimeout(this.#timers.retry);
    clearTimeout(this.#timers.path);
    clearTimeout(this.#timers.asking);
    clearTimeout(this.#timers.settle);
    clearInterval(this.#timers.tick);
    clearTimeout(this.#timers.disconnected);
    this.#view.countdown('');
    this.#meter = null;
    if (!this.#session) return;
    this.#session.close();
    this.#session = null;
    this.#view.video.srcObject = null;
  }

  #retry(atLeastMs) {
    this.#listenToServer();
    if (performance.now() - this.#openedAt > PROVEN_MS && this.#firstFrameMs !== null) this.#backoff.reset();
    this.#firstFrameMs = null;
    this.#close();
    const pauseMs = this.#backoff.next(atLeastMs);
    this.#retryAt = performance.now() + pauseMs;
    this.#countDown();
  }

  #countDown() {
    const leftMs = this.#retryAt - performance.now();
    if (leftMs <= 20 && !this.#looking) {
      // A camera is not asked for nobody's sake.
      this.#timers.retry = setTimeout(() => this.#countDown(), 1000);
      return;
    }
    if (leftMs <= 20) {
      this.#view.countdown('');
      this.#dispatch({ type: 'attempt' });
      return;
    }
    if (leftMs > 700) this.#view.countdown(`Trying again in ${Math.ceil(leftMs / 1000)} s`);
    this.#timers.retry = setTimeout(() => this.#countDown(), leftMs % 1000 || 1000);
  }

  async #tick() {
    const session = this.#session;
    prepareOffer();
    const figures = await this.#measure();
    if (session !== this.#session || figures === null) return;
    this.#emit('stats', figures);
    this.#tellServer(figures);
    if (this.#statisticsShown) this.#view.statistics(figures, this.#firstFrameMs);
    // A browser may leave a hidden page's pictures undecoded.
    const pictures = document.hidden ? figures.framesReceived : figures.framesDecoded;
    const frames = session.hasVideo ? pictures : figures.audioPackets;
    if (frames !== this.#lastFrames) {
      this.#lastFrames = frames;
      this.#frameCame();
    } else if (this.#looking && !this.standsStill && performance.now() - this.#lastFrameAt > SILENCE_MS) {
      this.#dispatch({ type: 'silence' });
    }
  }

  #tellServer({ firstFrameMs, frameRate, freezes, freezeMs, jitterBufferMs }) {
    if (!this.#followed) return;
    this.#channel?.tell(this.#followed, {
      first_frame_ms: firstFrameMs, frame_rate: frameRate, freezes, freeze_ms: freezeMs, jitter_buffer_ms: jitterBufferMs,
    });
  }

  async #measure() {
    const meter = this.#meter;
    const report = await this.peerConnection?.getStats().catch(() => null);
    if (!report || !meter || meter !== this.#meter) return this.#figures;
    const now = performance.now();
    // Two askers within the same moment must not divide by it.
    if (this.#figures?.meter !== meter || now - this.#figures.sampledAt > 500) {
      this.#figures = { ...meter.sample(report, now), sampledAt: now, firstFrameMs: this.#firstFrameMs };
      Object.defineProperty(this.#figures, 'meter', { value: meter, enumerable: false });
    }
    return this.#figures;
  }

  #frameCame() {
    this.#lastFrameAt = performance.now();
    if (this.#firstFrameMs === null) {
      this.#firstFrameMs = this.#lastFrameAt - this.#openedAt;
      this.#emit('firstframe', { milliseconds: this.#firstFrameMs });
    }
    this.#dispatch({ type: 'frame' });
  }

  /** The picture comes first: opening a second connection beside the offer would hold it up. */
  #listenToServer() {
    const channel = sharedChannel(this.#server(), this.getAttribute('token') ?? '');
    if (channel === this.#channel) return;
    this.#leaveChannel();
    this.#channel = channel;
    channel.addEventListener('message', this.#onMessage);
    channel.hold();
  }

  #leaveChannel() {
    this.#follow(null);
    this.#channel?.removeEventListener('message', this.#onMessage);
    this.#channel?.release();
    this.#channel = null;
  }

  #onMessage = ({ detail: message }) => {
    if (message.type === 'viewer.playback') this.hearPast(message);
    if (message.type === 'viewer.notice') {
      if (message.viewer === this.#followed && !this.#view.shows(message)) this.#dispatch({ type: 'notice', notice: message.notice, detail: String(message.detail ?? '') });
      return;
    }
    if (message.type === 'channel.changed') {
      const { stream, quality, state } = message.channel;
      if (stream === this.stream && quality === this.#quality()) this.#dispatch({ type: 'channel', state });
      return;
    }
    const came = message.streams ?? [message.stream];
    if (!['hello', 'hello.more', 'stream.started', 'stream.resumed'].includes(message.type) || this.#session || !this.#looking) return;
    if (came.some((each) => each?.id === this.stream && (each.quality ?? 'main') === this.#quality())) this.#dispatch({ type: 'available' });
  };

  #follow(viewer) {
    if (this.#followed) this.#channel?.unfollow(this.#followed);
    this.#followed = viewer;
    if (viewer) this.#channel?.follow(viewer);
    this.watchPast(viewer, { server: this.#server(), token: this.getAttribute('token') ?? '', view: this.#view });
    if (viewer && !this.#looking) this.#channel?.pause(viewer);
  }

  #look(looking) {
    this.#looking = looking;
    this.#lastFrameAt = performance.now();
    if (looking && this.#followed) this.#channel?.resume(this.#followed);
    else if (this.#followed) this.#channel?.pause(this.#followed);
  }

  #queueRestart() {
    // Several attributes set in one go start one session.
    if (this.#restartQueued) return;
    this.#restartQueued = true;
    queueMicrotask(() => {
      this.#restartQueued = false;
      if (this.isConnected) this.play();
    });
  }

  #showName() {
    const label = this.getAttribute('label');
    this.#view.name(label ?? this.stream, label !== null, this.getAttribute('quality'));
  }

  #server() {
    return this.getAttribute('server') || new URL(import.meta.url).origin;
  }

  #quality() {
    return this.getAttribute('quality') === 'sub' ? 'sub' : 'main';
  }

  #endpoint() {
    const endpoint = new URL(`/whep/${encodeURIComponent(this.stream)}`, this.#server());
    endpoint.searchParams.set('quality', this.getAttribute('quality') || 'main');
    return this.fromStart(endpoint);
  }

  #setSound(muted, volume) {
    const { video } = this.#view;
    video.muted = muted;
    if (volume > 0) {
      video.volume = volume;
      rememberVolume(volume);
    }
    if (!muted) {
      // Without a gesture of the user the browser pauses instead: then the picture matters more.
      video.play().catch(() => {
        video.muted = true;
        this.#showSound();
        video.play().catch(() => {});
      });
    }
    this.#showSound();
  }

  #showSound() {
    const { muted, volume } = this.#view.video;
    this.#view.sound({ muted, volume });
    this.#offerSound();
    this.#emit('volumechange', { muted, volume });
  }

  #offerSound() {
    const wanted = !this.hasAttribute('muted') && this.muted && this.state === 'live';
    this.#view.offerSound(wanted && Boolean(this.#session?.hasAudio));
  }

  #act(action) {
    switch (action) {
      case 'play':
        if (['idle', 'ended', 'refused'].includes(this.state)) this.play();
        else this.stop();
        break;
      case 'again': this.play(); break;
      case 'mute': this.muted = !this.muted; break;
      case 'unmute': this.muted = false; break;
      case 'snapshot': this.snapshot(); break;
      case 'fullscreen': toggleFullscreen(this, this.#view.video, () => this.#view.say('The browser does not allow full screen here.')); break;
      case 'statistics': this.toggleStatistics(); break;
      case 'lower': this.setAttribute('quality', this.getAttribute('quality') === 'low' ? 'main' : 'low'); break;
    }
  }

  /** Shows or hides the table of figures over the picture. */
  async toggleStatistics() {
    this.#statisticsShown = !this.#statisticsShown;
    const figures = this.#statisticsShown ? await this.stats() : null;
    if (this.#statisticsShown && !figures) this.#view.say('Figures come with the picture.');
    this.#view.statistics(this.#statisticsShown ? figures : null, this.#firstFrameMs);
  }

  #key(event) {
    if (event.target !== this || event.ctrlKey || event.metaKey || event.altKey || event.composedPath()[0] !== this) return;
    const action = { ' ': 'play', k: 'play', m: 'mute', f: 'fullscreen', s: 'snapshot', i: 'statistics' }[event.key];
    if ((!action && !PAST_KEYS[event.key]) || !this.hasAttribute('controls')) return;
    event.preventDefault();
    if (action) this.#act(action);
    else this.#view.rewindBar.act(PAST_KEYS[event.key]);
  }

  #leave = () => this.#close();

  #return = (event) => {
    if (event.persisted && this.stream) this.play();
  };

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export { PlayerState };
if (!customElements.get('roadcast-player')) customElements.define('roadcast-player', RoadcastPlayer);
