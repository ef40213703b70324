import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import { placeText, timeText, utcText } from '../fleet/words.js';
import '../map/fleet-map.js';
import { eventWords, factsOf, isOpen, reasonWords } from './event.js';
import { speedChart } from './vehicle-log.js';

/**
 * One safety event, large: clip, pictures, where it was, what the terminal told, and what people made of it.
 *
 * @param tools `{ load, act, blob, nameOf, tileServer, locate }`: `load(id)` gives the event with its evidence and comments,
 *   `act(name, id, body)` does something about it, `blob(evidence)` gives a promise of its bytes
 */
export class EventDialog {
  #tools;
  #id = null;
  #shown = null;
  #urls = new Map();
  #blobs = new Map();
  #title = element('h2', {});
  #chip = element('span', { class: 'severity' });
  #when = element('p', { class: 'quiet' });
  #video = element('video', { controls: true, playsinline: true, preload: 'auto', muted: true });
  #channels = element('div', { class: 'switch', role: 'group', 'aria-label': 'Camera' });
  #clipNote = element('p', { class: 'clip-note quiet', role: 'status' });
  #files = element('div', { class: 'event-files' });
  #facts = element('dl', { class: 'facts' });
  #log = element('div', { class: 'event-log' });
  #map = document.createElement('fleet-map');
  #place = element('p', { class: 'quiet' });
  #comments = element('ol', { class: 'comments' });
  #comment = element('textarea', { rows: 2, maxlength: 2000, 'aria-label': 'Comment', placeholder: 'What was it?' });
  #acknowledge = element('button', { type: 'button', class: 'primary small-button', onclick: () => this.#do('change', { acknowledged: true }) }, 'Acknowledge');
  #false = element('button', { type: 'button', class: 'secondary', onclick: () => this.#do('change', { falseAlarm: !this.#shown?.falseAlarm }) });
  #handled = element('p', { class: 'quiet', role: 'status' });
  #problem = element('p', { class: 'photo-status', role: 'alert', 'data-good': 'false' });
  #dialog;

  constructor(tools) {
    this.#tools = tools;
    const send = element('button', { type: 'submit', class: 'secondary' }, 'Add comment');
    const form = element('form', { class: 'comment-form' }, this.#comment, send);
    form.addEventListener('submit', (event) => { event.preventDefault(); this.#addComment(); });
    const locate = element('button', { type: 'button', class: 'secondary', onclick: () => { this.#dialog.close(); this.#tools.locate(this.#shown); } }, 'Show the vehicle');
    const close = element('button', { type: 'button', class: 'tool', 'aria-label': 'Close', title: 'Close', onclick: () => this.#dialog.close() }, svg(iconMarkup('close')));
    this.#dialog = element('dialog', { class: 'event-dialog', 'aria-label': 'Alarm' },
      element('header', {}, this.#chip, element('div', { class: 'event-title' }, this.#title, this.#when), close),
      element('div', { class: 'event-body' },
        element('section', { class: 'event-media' }, this.#video, this.#clipNote, this.#channels, this.#files, this.#log),
        element('section', { class: 'event-side' }, element('div', { class: 'event-actions' }, this.#acknowledge, this.#false, locate), this.#handled, this.#problem,
          this.#map, this.#place, element('h3', {}, 'Data'), this.#facts, element('h3', {}, 'Comments'), this.#comments, form)));
    this.#dialog.addEventListener('close', () => this.#closed());
    this.#dialog.addEventListener('click', ({ target }) => { if (target === this.#dialog) this.#dialog.close(); });
    document.body.append(this.#dialog);
  }

  get openId() {
    return this.#dialog.open ? this.#id : null;
  }

  async open(id, known) {
    this.#forget();
    this.#id = id;
    this.#dialog.dataset.event = id;
    if (known) this.#show(known);
    if (!this.#dialog.open) this.#dialog.showModal();
    await this.refresh();
  }

  /** Something about the event that is shown has changed. */
  async refresh() {
    const id = this.#id;
    try {
      const event = await this.#tools.load(id);
      if (id === this.#id) this.#show(event);
    } catch (problem) {
      if (id === this.#id) setText(this.#problem, problem.detail || problem.message);
    }
  }

  #show(event) {
    this.#shown = event;
    this.#dialog.dataset.severity = event.severity;
    setText(this.#chip, event.severity);
    setText(this.#title, `${eventWords(event)} · ${this.#tools.nameOf(event)}`);
    setText(this.#when, `${timeText(event.timestamp)} · ${utcText(event.timestamp)}`);
    this.#showEvidence(event.evidence ?? []);
    this.#showPlace(event);
    this.#facts.replaceChildren(...factsOf(event).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
    this.#acknowledge.hidden = !isOpen(event);
    setText(this.#false, event.falseAlarm ? 'Not a false alarm' : 'False alarm');
    setText(this.#handled, event.falseAlarm ? 'Marked as a false alarm' : event.acknowledgedAt ? `Acknowledged ${timeText(event.acknowledgedAt)}${event.acknowledgedBy ? ` by ${event.acknowledgedBy}` : ''}` : '');
    this.#comments.replaceChildren(...(event.comments ?? []).map(({ author, at, text }) => element('li', {}, element('p', {}, text), element('p', { class: 'quiet' }, [author, timeText(at)].filter(Boolean).join(' · ')))));
  }

  #showEvidence(evidence) {
    const videos = evidence.filter(({ kind }) => kind === 'clip' || kind === 'video');
    const ready = videos.filter(({ state }) => state === 'complete' || state === 'partial').sort((a, b) => (a.kind === b.kind ? (a.channel ?? 99) - (b.channel ?? 99) : a.kind === 'clip' ? -1 : 1));
    const waits = videos.find(({ kind, state }) => kind === 'clip' && state !== 'complete');
    setText(this.#clipNote, waits ? `Clip${waits.channel ? ` of CH ${waits.channel}` : ''}: ${reasonWords(waits)}` : videos.length === 0 ? 'No video of this event.' : '');
    this.#video.hidden = ready.length === 0;
    if (ready.length > 0 && !ready.some(({ id }) => id === this.#video.dataset.evidence)) this.#play(ready[0]);
    this.#channels.replaceChildren(...(ready.length > 1 ? ready.map((each) => element('button', {
      type: 'button', 'aria-pressed': String(each.id === this.#video.dataset.evidence), 'data-evidence': each.id, onclick: () => { this.#play(each); this.#showEvidence(evidence); },
    }, each.kind === 'clip' ? `Clip CH ${each.channel}` : `Terminal's video${each.channel ? ` CH ${each.channel}` : ''}`)) : []));
    const others = evidence.filter(({ kind, state }) => !['clip', 'video', 'thumbnail'].includes(kind) && (state === 'complete' || state === 'partial'));
    const told = others.map(({ id }) => id).join();
    if (this.#files.dataset.told !== told) {
      this.#files.dataset.told = told;
      this.#files.replaceChildren(...others.map((each) => this.#file(each)));
    }
  }

  async #play(evidence) {
    this.#video.dataset.evidence = evidence.id;
    try {
      const url = await this.#url(evidence);
      if (this.#video.dataset.evidence !== evidence.id) return;
      this.#video.src = url;
      this.#video.play().catch(() => {});
    } catch (problem) {
      delete this.#video.dataset.evidence;
      setText(this.#clipNote, problem.detail || problem.message);
    }
  }

  #file(evidence) {
    const made = element('figure', { 'data-kind': evidence.kind });
    this.#url(evidence).then(async (url) => {
      const open = element('a', { href: url, target: '_blank', download: evidence.kind === 'picture' ? false : evidence.name, title: evidence.name });
      if (evidence.kind === 'picture') open.append(element('img', { src: url, alt: evidence.name }));
      else open.append({ sound: 'Sound', log: 'Vehicle log', manifest: 'Checksums' }[evidence.kind] ?? evidence.name);
      made.append(evidence.kind === 'sound' ? element('audio', { src: url, controls: true }) : open);
      if (evidence.kind === 'log') this.#log.replaceChildren(speedChart(JSON.parse(await (await this.#blob(evidence)).text())));
    }, () => made.append(element('span', { class: 'quiet' }, evidence.name)));
    return made;
  }

  #showPlace(event) {
    const { location, type } = event;
    const known = Number.isFinite(location?.latitude) && Number.isFinite(location?.longitude);
    this.#map.hidden = !known;
    setText(this.#place, known ? placeText(location.latitude, location.longitude) : 'The place is not known.');
    const told = known ? `${location.latitude} ${location.longitude}` : '';
    if (!known || this.#map.dataset.told === told) return;
    this.#map.dataset.told = told;
    this.#map.tileServer = this.#tools.tileServer();
    this.#map.fleet = onePlace(location, type, eventWords(event));
    this.#map.selected = null;
    this.#map.selected = 'event';
  }

  #url(evidence) {
    if (!this.#urls.has(evidence.id)) this.#urls.set(evidence.id, this.#blob(evidence).then((blob) => URL.createObjectURL(blob)));
    return this.#urls.get(evidence.id);
  }

  #blob(evidence) {
    if (!this.#blobs.has(evidence.id)) this.#blobs.set(evidence.id, this.#tools.blob(evidence));
    return this.#blobs.get(evidence.id);
  }

  async #do(name, body) {
    setText(this.#problem, '');
    try {
      await this.#tools.act(name, this.#id, body);
      await this.refresh();
    } catch (problem) {
      setText(this.#problem, problem.detail || problem.message);
    }
  }

  async #addComment() {
    const text = this.#comment.value.trim();
    if (text === '') return;
    await this.#do('comment', { text });
    if (this.#problem.textContent === '') this.#comment.value = '';
  }

  #closed() {
    this.#forget();
    this.#id = null;
  }

  #forget() {
    for (const url of this.#urls.values()) url.then(URL.revokeObjectURL, () => {});
    this.#urls.clear();
    this.#blobs.clear();
    this.#shown = null;
    this.#video.removeAttribute('src');
    this.#video.load();
    delete this.#video.dataset.evidence;
    delete this.#files.dataset.told;
    this.#files.replaceChildren();
    this.#log.replaceChildren();
    this.#comment.value = '';
    setText(this.#problem, '');
  }
}

/** A fleet of one vehicle that stands where the event was, for the small map. */
function onePlace({ latitude, longitude, direction }, type, title) {
  const entry = { key: 'event', title, online: true, position: { latitude, longitude, direction: direction ?? 0, speed_kmh: 10, positioned: true, alarms: [type] } };
  const fleet = new EventTarget();
  return Object.assign(fleet, { known: true, size: 1, all: () => [entry], get: (key) => (key === 'event' ? entry : null), trail: () => [] });
}
