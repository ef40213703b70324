import { element, setText } from '../app/dom.js';
import { toast } from '../app/toasts.js';
import { lengthText } from './moments.js';
import { TimeBar } from './time-bar.js';

const LINK_SECONDS = 3600;
const LOOK_MS = 1000;

/** What is marked on the time bar, as one MP4, or as an archive where several channels are shown. Events: `from`, `to`, `clear`. */
export class DownloadPanel extends HTMLElement {
  #words = element('p', { class: 'quiet', role: 'status' });
  #save = element('button', { type: 'button', class: 'primary small-button', disabled: true, onclick: () => this.#download() }, 'Download');
  #clear = element('button', { type: 'button', class: 'secondary', hidden: true, onclick: () => this.dispatchEvent(new Event('clear')) }, 'Clear');
  #progress = element('progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Download' });
  #range = null;
  #streams = [];
  api = null;

  connectedCallback() {
    if (this.#save.isConnected) return;
    const mark = (type, words) => element('button', { type: 'button', class: 'secondary', onclick: () => this.dispatchEvent(new Event(type)) }, words);
    this.append(element('h3', {}, 'Download'), element('div', { class: 'command-row' }, mark('from', 'From here'), mark('to', 'Up to here'), this.#clear, this.#save), this.#words, this.#progress);
    this.#draw();
  }

  set range(range) {
    this.#range = range;
    this.#draw();
  }

  /** `[{stream, quality}]` of the channels that are shown. */
  set streams(streams) {
    this.#streams = streams;
    this.#draw();
  }

  #draw() {
    const ready = this.#range !== null && this.#streams.length > 0;
    this.#save.disabled = !ready;
    this.#clear.hidden = this.#range === null;
    setText(this.#save, this.#streams.length > 1 ? `Download ${this.#streams.length} channels` : 'Download');
    setText(this.#words, ready ? TimeBar.rangeText(this.#range) : 'Mark where it begins and ends.');
  }

  async #download() {
    const { from, to } = this.#range;
    const time = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    this.#save.disabled = true;
    try {
      if (this.#streams.length === 1) {
        const { url } = await this.api.post('/api/v1/recordings/links', { ...this.#streams[0], ...time, expires_in_s: LINK_SECONDS });
        save(url);
        setText(this.#words, `${lengthText(to - from)} are being saved.`);
      } else {
        const made = await this.api.post('/api/v1/recordings/exports', { streams: this.#streams, ...time });
        save(made.url);
        await this.#follow(made.id);
      }
    } catch (problem) {
      toast(document.getElementById('toasts'), problem.detail || problem.code, 'warn');
    }
    this.#save.disabled = false;
  }

  async #follow(id) {
    this.#progress.hidden = false;
    for (let state = 'waiting'; ['waiting', 'sending'].includes(state);) {
      await new Promise((done) => { setTimeout(done, LOOK_MS); });
      const made = await this.api.get(`/api/v1/recordings/exports/${id}`);
      state = made.state;
      this.#progress.value = made.sent_bytes / Math.max(1, made.bytes);
      setText(this.#words, { waiting: 'The archive is being made.', sending: `${(made.sent_bytes / 1e6).toFixed(1)} of ${(made.bytes / 1e6).toFixed(1)} MB`, complete: 'The archive was saved.', failed: 'The archive is not complete; try again.' }[state]);
    }
    this.#progress.hidden = true;
  }
}

function save(url) {
  const link = element('a', { href: url, download: '' });
  document.body.append(link);
  link.click();
  link.remove();
}

customElements.define('download-panel', DownloadPanel);
