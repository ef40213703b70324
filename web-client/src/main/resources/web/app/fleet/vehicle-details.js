import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import './channel-list.js';
import { channelRows } from './channel-list.js';
import './command-panel.js';
import './media-strip.js';
import { plateElement, showPlate } from './plate.js';
import { showTime, timeElement } from './time-element.js';
import './uplink-figures.js';
import { CONDITION_WORDS, conditionOf, directionWords, lastSeen } from './vehicle-state.js';
import { clockText, codeWords, placeText, timeText, utcText } from './words.js';

/**
 * All about one entry of the fleet: state, position, channels, pictures, commands.
 *
 * Events: `back`, `open` (detail: stream keys), `locate`, `adopt`.
 */
export class VehicleDetails extends HTMLElement {
  #api = null;
  #entry = null;
  #plate = plateElement();
  #name = element('p', { class: 'quiet' });
  #state = element('span', { class: 'state' });
  #seen = timeElement();
  #alarms = element('ul', { class: 'alarms', 'aria-label': 'Alarms', hidden: true });
  #speed = element('p', { class: 'speed' });
  #facts = element('dl', { class: 'facts' });
  #channels = document.createElement('channel-list');
  #commands = document.createElement('command-panel');
  #media = document.createElement('media-strip');
  #uplink = document.createElement('uplink-figures');
  #recordings = element('a', { class: 'recordings-link', hidden: true }, 'Recordings of this vehicle');
  #back = null;
  #locate = null;
  #adopt = null;
  #factsTold = '';
  #rows = [];
  #mediaSection = element('section', { 'aria-label': 'Pictures', hidden: true }, element('h3', {}, 'Pictures'), this.#media);
  #uplinkSection = element('section', { 'aria-label': 'Uplink', hidden: true }, element('h3', {}, 'Uplink'), this.#uplink);
  #commandSection = element('section', { 'aria-label': 'Commands', hidden: true }, element('h3', {}, 'Commands'), this.#commands);

  connectedCallback() {
    if (this.#plate.isConnected) return;
    const emit = (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail }));
    this.#back = element('button', { type: 'button', class: 'tool', 'aria-label': 'Back to all vehicles', title: 'Back to all vehicles', onclick: () => emit('back') }, svg(iconMarkup('back')));
    this.#locate = element('button', { type: 'button', class: 'secondary', onclick: () => emit('locate') }, 'Show on map');
    this.#adopt = element('button', { type: 'button', class: 'primary small-button', onclick: () => emit('adopt') }, 'Adopt this terminal');
    const section = (title, ...content) => element('section', { 'aria-label': title }, element('h3', {}, title), ...content);
    this.append(
      element('header', { class: 'details-head' }, this.#back, element('div', { class: 'details-title' }, element('h2', {}, this.#plate), this.#name), element('div', { class: 'details-state' }, this.#state, this.#seen)),
      element('div', { class: 'details-body' }, this.#adopt, this.#alarms,
        section('Position', element('div', { class: 'speed-row' }, this.#speed, this.#locate), this.#facts), section('Channels', this.#channels, this.#recordings), this.#uplinkSection, this.#mediaSection, this.#commandSection));
    this.#channels.addEventListener('open', ({ detail }) => emit('open', detail));
    this.addEventListener('keydown', (event) => { if (event.key === 'Escape') emit('back'); });
    setInterval(() => { if (this.#entry && !document.hidden) showTime(this.#seen, lastSeen(this.#entry)); }, 5000);
  }

  set api(api) {
    this.#api = api;
    this.#commands.api = api;
    this.#media.api = api;
    this.#uplink.api = api;
  }

  /** Whether this server passes commands on. */
  set commandable(commandable) {
    this.#commandSection.hidden = !commandable;
    this.#commands.terminal = commandable ? this.#entry?.phone ?? null : null;
  }

  /** Whether this server tells what was lost of a terminal's media. */
  set uplinks(uplinks) {
    this.#uplinkSection.hidden = !uplinks;
    this.#uplink.terminal = uplinks ? this.#entry?.phone ?? null : null;
  }

  /** Whether this server keeps terminals' pictures. */
  set pictures(pictures) {
    this.#mediaSection.hidden = !pictures;
    if (pictures && this.#entry) this.#showMedia();
  }

  /** @param shownKeys the stream keys that are on the wall */
  show(entry, streams, shownKeys) {
    this.#entry = entry;
    this.#recordings.hidden = entry.kind !== 'vehicle';
    this.#recordings.href = `/recordings.html?vehicle=${entry.id}`;
    const condition = conditionOf(entry);
    showPlate(this.#plate, entry);
    setText(this.#name, entry.kind === 'terminal' ? 'Unknown terminal, nobody has adopted it' : entry.name ?? '');
    setText(this.#state, CONDITION_WORDS[condition]);
    this.dataset.condition = condition;
    showTime(this.#seen, lastSeen(entry));
    this.#adopt.hidden = entry.kind !== 'terminal';
    this.#showAlarms(entry.position?.alarms ?? []);
    this.#showPosition(entry, condition);
    this.#rows = channelRows(entry, streams);
    this.#channels.show(entry, this.#rows, shownKeys);
    if (!this.#mediaSection.hidden) this.#showMedia();
    if (!this.#commandSection.hidden) this.#commands.terminal = entry.phone;
    if (!this.#uplinkSection.hidden) this.#uplink.terminal = entry.phone ?? null;
    this.#commands.online = entry.online;
  }

  commandChanged(command) {
    this.#commands.accept(command);
    this.#media.commandChanged(command);
  }

  mediaKept(media) {
    this.#media.accept(media);
  }

  focusFirst() {
    this.#back.focus({ preventScroll: true });
  }

  #showMedia() {
    if (this.#entry.kind === 'vehicle' || this.#entry.phone) this.#media.show(this.#entry, this.#rows);
  }

  #showAlarms(alarms) {
    this.#alarms.hidden = alarms.length === 0;
    if (this.#alarms.dataset.told === alarms.join()) return;
    this.#alarms.dataset.told = alarms.join();
    this.#alarms.replaceChildren(...alarms.map((each) => element('li', {}, svg(iconMarkup('warning')), codeWords(each))));
  }

  #showPosition(entry, condition) {
    const { position } = entry;
    setText(this.#speed, speedText(position, condition));
    this.#locate.hidden = !position || position.positioned === false;
    const facts = factsOf(entry);
    const told = JSON.stringify(facts);
    if (told === this.#factsTold) return;
    this.#factsTold = told;
    this.#facts.replaceChildren(...facts.flatMap(([name, words, title]) => [element('dt', {}, name), element('dd', { title }, words)]));
  }
}

function speedText(position, condition) {
  if (!position) return 'No position yet';
  if (position.positioned === false) return 'No satellite fix';
  if (condition !== 'driving') return condition === 'offline' ? 'Last known position' : 'Standing';
  const towards = directionWords(position.direction);
  return `${Math.round(position.speed_kmh)} km/h${towards ? `, ${towards}` : ''}`;
}

function factsOf({ position, terminal, phone }) {
  const facts = [];
  if (position) {
    facts.push(['Place', placeText(position.latitude, position.longitude), 'Latitude and longitude in degrees']);
    facts.push(['Measured', timeText(position.at), utcText(position.at)]);
    if (position.backlog) facts.push(['', 'Sent late, from the terminal\'s memory']);
    const clock = clockText(position);
    if (clock) facts.push(['Clock', clock, `Its own time: ${position.device_time}`]);
    if (Number.isFinite(position.altitude_m)) facts.push(['Altitude', `${Math.round(position.altitude_m)} m`]);
    if (Number.isFinite(position.direction)) facts.push(['Heading', `${Math.round(position.direction)}°`]);
    if (Number.isFinite(position.mileage_km)) facts.push(['Mileage', `${position.mileage_km.toLocaleString(undefined, { maximumFractionDigits: 1 })} km`]);
    if (typeof position.acc === 'boolean') facts.push(['Ignition', position.acc ? 'On' : 'Off']);
  }
  facts.push(['Terminal', phone ?? 'None installed']);
  if (terminal?.protocol) facts.push(['Protocol', `JT/T 808-${terminal.protocol}`]);
  return facts.map((fact) => [...fact, null].slice(0, 3));
}

customElements.define('vehicle-details', VehicleDetails);
