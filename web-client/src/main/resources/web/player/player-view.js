import { iconMarkup } from './icons.js';
import { PLAYER_STYLE } from './player-style.js';
import { behindText, clockText, RewindBar } from './rewind-bar.js';
import { REWIND_STYLE } from './rewind-style.js';
import { statisticsRows } from './statistics.js';

const TEMPLATE = `
<div class="frame" part="frame" data-state="idle">
  <div class="picture">
    <video playsinline autoplay muted part="video"></video>
    <canvas class="last" hidden></canvas>
    <div class="curtain" part="curtain">
      <div class="glyph"></div>
      <div role="status"><p class="headline"></p><p class="detail"></p></div>
      <p class="countdown" aria-hidden="true"></p>
      <button class="again" type="button" hidden></button>
    </div>
  </div>
  <dl class="statistics" aria-label="Statistics" hidden></dl>
  <button class="unmute" type="button" hidden>${iconMarkup('muted')}<span>Turn sound on</span></button>
  <p class="quality" role="status" hidden></p>
  <div class="top"><span class="badge"></span><span class="name"></span><span class="spacer"></span><slot name="actions"></slot></div>
  <div class="bar" role="toolbar" aria-label="Player controls" hidden>
    <div class="past" role="group" aria-label="Time" hidden></div>
    <button type="button" data-action="play"></button>
    <button type="button" data-action="mute"></button>
    <input class="volume" type="range" min="0" max="100" aria-label="Volume">
    <span class="spacer"></span>
    <button type="button" data-action="lower" class="wide">Low</button>
    <button type="button" data-action="statistics" class="wide">${iconMarkup('statistics')}</button>
    <button type="button" data-action="snapshot" class="wide">${iconMarkup('snapshot')}</button>
    <button type="button" data-action="fullscreen"></button>
  </div>
</div>`;

const BADGE = { idle: 'Off', connecting: 'Connecting', live: 'Live', waiting: 'Waiting', reconnecting: 'Offline', ended: 'Ended', refused: 'Refused' };
const GLYPH = { idle: 'play', waiting: 'cameraOff', reconnecting: 'plug', ended: 'ended', refused: 'warning' };

/** The controls over a live picture go away when nobody has moved for this long. */
const CONTROLS_SHOWN_MS = 2800;

/**
 * Nothing is drawn or moves over the picture for so long after a player begins, and after its first picture: a browser without
 * a graphics card would take the time from the decoder, which has the pictures since the last keyframe to get through.
 */
const CALM_MS = { connecting: 400, live: 600 };

/** Said while a viewer's path carries less than the stream that it asked for. */
const QUALITY_WORDS = { thinned: 'Slow network: fewer pictures', sub: 'Slow network: smaller picture' };

/** Why what was recorded does not go on. */
const PROBLEM_WORDS = {
  CODEC_NOT_SUPPORTED: 'From here on it is recorded in a format that this view was not opened for.',
  RECORDING_UNREADABLE: 'The recording can not be read from here on.',
};

/** The player's picture and controls. Draws what it is told; decides nothing. */
export class PlayerView {
  #find;
  #activeTimer = 0;
  #calmTimer = 0;
  video;
  /** The time bar. */
  rewindBar;

  constructor(root) {
    const style = new CSSStyleSheet();
    style.replaceSync(PLAYER_STYLE + REWIND_STYLE);
    root.adoptedStyleSheets = [style];
    const template = document.createElement('template');
    template.innerHTML = TEMPLATE;
    root.append(template.content);
    this.#find = (selector) => root.querySelector(selector);
    this.video = this.#find('video');
    // The attribute alone does not mute a video that was made by a script.
    this.video.muted = true;
    this.rewindBar = new RewindBar(this.#find('.past'));
    this.#label('statistics', 'Statistics');
    this.#label('snapshot', 'Save a snapshot');
    this.fullscreen(false);
    this.sound({ muted: true, volume: 1 });
  }

  /** Calls `handler(action)` for every control; `again` and `unmute` are the big buttons. */
  onAction(handler) {
    for (const button of this.#frame.querySelectorAll('[data-action]')) {
      button.addEventListener('click', () => handler(button.dataset.action));
    }
    this.#find('.again').addEventListener('click', () => handler('again'));
    this.#find('.unmute').addEventListener('click', () => handler('unmute'));
  }

  onVolume(handler) {
    this.#find('.volume').addEventListener('input', (event) => handler(event.target.value / 100));
  }

  /** Shows the controls for a while; a touch that only calls them up presses none of them. */
  wake() {
    this.#frame.toggleAttribute('data-active', true);
    clearTimeout(this.#activeTimer);
    this.#activeTimer = setTimeout(() => this.#frame.toggleAttribute('data-active', false), CONTROLS_SHOWN_MS);
  }

  /**
   * @param {boolean} inStrip whether the name has a strip of its own above the picture
   * @param {?string} quality what is asked for; `low` can be switched on and off for a main stream
   */
  name(text, inStrip, quality) {
    this.#button('lower').hidden = quality === 'sub';
    this.#button('lower').setAttribute('aria-pressed', String(quality === 'low'));
    this.#label('lower', quality === 'low' ? 'Show the full picture' : 'Smaller picture, less data');
    this.#find('.name').textContent = text;
    this.#frame.toggleAttribute('data-named', inStrip);
    this.video.setAttribute('aria-label', text ? `Live picture of ${text}` : 'Live picture');
  }

  controls(shown) {
    this.#find('.bar').hidden = !shown;
  }

  situation({ state, headline, detail }, lastPictureAt) {
    this.#keepCalm(state, this.#frame.dataset.state);
    this.#frame.dataset.state = state;
    this.#find('.badge').textContent = BADGE[state];
    const live = state === 'live';
    this.#find('.curtain').hidden = live;
    if (live) this.#find('.last').hidden = true;
    this.#find('.glyph').innerHTML = state === 'connecting' ? '<div class="spinner"></div>' : iconMarkup(GLYPH[state] ?? 'camera');
    this.#find('.headline').textContent = live ? '' : headline;
    const last = lastPictureAt && !live ? `Last picture at ${lastPictureAt.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })}.` : '';
    this.#find('.detail').textContent = live ? '' : [detail, last].filter(Boolean).join(' ');
    if (live) this.countdown('');
    if (state === 'connecting' || state === 'reconnecting') this.#quality('full');
    const again = this.#find('.again');
    again.hidden = !['idle', 'ended', 'refused'].includes(state);
    again.textContent = state === 'idle' ? 'Play' : 'Try again';
    const playing = !['idle', 'ended', 'refused'].includes(state);
    this.#icon('play', playing ? 'stop' : 'play', playing ? 'Stop' : 'Play');
    for (const action of ['snapshot', 'statistics']) this.#button(action).disabled = state === 'idle';
  }

  /** Only at a beginning: what is on the screen when a connection breaks stays there. */
  #keepCalm(state, before) {
    if (state === before) return;
    const calm = state === 'live' || (state === 'connecting' && (before === 'idle' || before === 'live'));
    clearTimeout(this.#calmTimer);
    this.#frame.toggleAttribute('data-calm', calm);
    if (calm) this.#calmTimer = setTimeout(() => this.#frame.toggleAttribute('data-calm', false), CALM_MS[state]);
  }

  /** Shows a notice of what the viewer is sent, `full`, `thinned` or `sub`; false for any other notice. */
  shows({ notice, detail }) {
    if (notice !== 'quality_changed') return false;
    this.#quality(detail);
    return true;
  }

  /** Says whether the picture is live, and if not of when it is. */
  past({ state, past, at, now, problem }) {
    this.#frame.dataset.past = state;
    if (this.#frame.dataset.state === 'live') this.#find('.badge').textContent = past ? `${clockText(at)} (${behindText(now - at)})` : BADGE.live;
    if (problem) this.say(PROBLEM_WORDS[problem] ?? problem);
  }

  #quality(sent) {
    const words = QUALITY_WORDS[sent] ?? '';
    const note = this.#find('.quality');
    note.textContent = words;
    note.hidden = words === '';
  }

  countdown(text) {
    this.#find('.countdown').textContent = text;
  }

  sound({ muted, volume }) {
    this.#icon('mute', muted ? 'muted' : 'sound', muted ? 'Turn sound on' : 'Mute');
    const slider = this.#find('.volume');
    slider.value = muted ? 0 : Math.round(volume * 100);
  }

  offerSound(offered) {
    this.#find('.unmute').hidden = !offered;
  }

  fullscreen(active) {
    this.#icon('fullscreen', active ? 'shrink' : 'fullscreen', active ? 'Leave full screen' : 'Full screen');
  }

  /** Shows the figures, or hides the table when given null. */
  statistics(figures, firstFrameMs) {
    const table = this.#find('.statistics');
    table.hidden = figures === null;
    this.#frame.toggleAttribute('data-statistics', figures !== null);
    this.#button('statistics').setAttribute('aria-pressed', String(figures !== null));
    if (figures === null) return;
    table.replaceChildren(...statisticsRows(figures, firstFrameMs).flatMap(([name, words]) => {
      const row = [document.createElement('dt'), document.createElement('dd')];
      row[0].textContent = name;
      row[1].textContent = words;
      return row;
    }));
  }

  /** Keeps the picture on the screen, dimmed, while there is no connection. */
  keepLastPicture() {
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth || this.#frame.dataset.state !== 'live') return;
    const canvas = this.#find('.last');
    canvas.width = videoWidth;
    canvas.height = videoHeight;
    canvas.getContext('2d').drawImage(this.video, 0, 0);
    canvas.hidden = false;
  }

  forgetLastPicture() {
    this.#find('.last').hidden = true;
  }

  flash() {
    const flash = document.createElement('div');
    flash.className = 'flash';
    flash.addEventListener('animationend', () => flash.remove());
    this.#frame.append(flash);
  }

  /** A short remark over the picture. */
  say(words) {
    this.#find('.toast')?.remove();
    const toast = document.createElement('div');
    toast.className = 'toast';
    toast.setAttribute('role', 'status');
    toast.textContent = words;
    this.#frame.append(toast);
    setTimeout(() => toast.remove(), 4000);
  }

  get #frame() {
    return this.#find('.frame');
  }

  #button(action) {
    return this.#find(`[data-action="${action}"]`);
  }

  #icon(action, icon, label) {
    if (this.#button(action).dataset.icon === icon) return;
    this.#button(action).dataset.icon = icon;
    this.#button(action).innerHTML = iconMarkup(icon);
    this.#label(action, label);
  }

  #label(action, label) {
    this.#button(action).setAttribute('aria-label', label);
    this.#button(action).title = label;
  }
}
