import { Backoff } from '../player/backoff.js';
import './fleet/fleet-list.js';
import './fleet/vehicle-details.js';
import './map/fleet-map.js';
import { askForAdoption } from './fleet/adopt-dialog.js';
import { FleetDirectory } from './fleet/fleet-directory.js';
import { labelOf, partsOf } from './stream-key.js';
import { toast } from './toasts.js';

const TRACK_HOURS = 2;
const RELOAD_MS = 700;
/** Where nothing is pushed (a proxy without WebSockets, a token that may not listen), a small fleet is asked for again. */
const ASK_AGAIN_MS = 4000;
const ASKED_UP_TO = 500;
const at = (id) => document.getElementById(id);

/**
 * Vehicles on the page: asks the server for them, keeps list, details and map on the same entry.
 *
 * Events: `change` (vehicles changed), `open` (detail: stream keys), `unauthenticated`.
 */
export class FleetControl extends EventTarget {
  fleet = new FleetDirectory();
  #api;
  #streams;
  #wall;
  #views;
  #list = at('fleet');
  #details = at('details');
  #map = at('map');
  #selected = null;
  #reload = 0;
  #asked = 0;
  #pushed = -Infinity;
  #backoff = new Backoff({ firstMs: 1000, longestMs: 15_000 });

  constructor({ api, streams, wall, views }) {
    super();
    this.#api = api;
    this.#streams = streams;
    this.#wall = wall;
    this.#views = views;
    this.#details.api = api;
    this.#list.fleet = this.fleet;
    this.#map.fleet = this.fleet;
    this.fleet.addEventListener('change', () => this.#changed());
    this.fleet.addEventListener('stale', () => this.#loadSoon());
    setInterval(() => this.#askAgain(), ASK_AGAIN_MS);
    streams.addEventListener('change', () => this.#showDetails());
    wall.addEventListener('planned', () => this.#showDetails());
    this.#list.addEventListener('choose', ({ detail }) => { this.select(detail); this.#details.focusFirst(); });
    this.#list.addEventListener('adopt', ({ detail }) => this.#adopt(this.fleet.get(detail)));
    this.#map.addEventListener('choose', ({ detail }) => this.select(detail));
    this.#map.addEventListener('alarm', ({ detail }) => this.dispatchEvent(new CustomEvent('alarm', { detail })));
    this.#details.addEventListener('back', () => this.#back());
    this.#details.addEventListener('open', ({ detail }) => this.dispatchEvent(new CustomEvent('open', { detail })));
    this.#details.addEventListener('locate', () => { this.#views.showMap(); this.#map.reveal(this.#selected); });
    this.#details.addEventListener('adopt', () => this.#adopt(this.fleet.get(this.#selected)));
  }

  set tileServer(tileServer) {
    this.#map.tileServer = tileServer;
  }

  /** Places of events that nobody has acknowledged: `{id, severity, latitude, longitude}`. */
  set alarms(alarms) {
    this.#map.alarms = alarms;
  }

  /** A message of the push channel. */
  accept(message) {
    if (message.type === 'hello') this.load();
    else if (message.type === 'command.changed') this.#details.commandChanged(message.command);
    else if (message.type === 'terminal.media') this.#details.mediaKept(message.media);
    else if (message.type === 'terminal.conflict') toast(at('toasts'), `Several devices call themselves ${message.terminal.phone} and drive each other off.`, 'warn');
    else {
      if (message.type === 'vehicle.position') this.#pushed = performance.now();
      this.fleet.accept(message);
    }
  }

  async load() {
    clearTimeout(this.#reload);
    this.#reload = 0;
    const asked = ++this.#asked;
    try {
      const fleet = await this.#api.offers('/api/v1/vehicles');
      const [vehicles, unknown] = fleet ? await Promise.all([this.#api.all('/api/v1/vehicles'), this.#api.all('/api/v1/terminals?unknown=true')]) : [[], []];
      if (asked === this.#asked) this.fleet.replace(vehicles, unknown);
      this.#backoff.reset();
    } catch (problem) {
      if (asked === this.#asked) this.#loadFailed(problem);
    }
  }

  /** Chooses an entry everywhere, or none. */
  select(key) {
    this.#selected = key;
    this.#map.selected = key;
    this.#views.details = key !== null;
    if (key === null) return;
    this.#api.offers('/api/v1/terminals/{id}/commands').then((offered) => { this.#details.commandable = offered; });
    this.#api.offers('/api/v1/terminals/{id}/uplink').then((offered) => { this.#details.uplinks = offered; });
    this.#api.offers('/api/v1/terminals/{id}/media').then((offered) => { this.#details.pictures = offered; });
    this.#views.list('vehicles');
    this.#showDetails();
    this.#loadTrack(key);
    this.#loadChannels(key);
  }

  /** First channels of the vehicles that are online, as stream keys. */
  firstChannels() {
    return this.fleet.all().filter((entry) => entry.online && entry.kind === 'vehicle' && entry.phone)
      .map((entry) => entry.channels?.[0]?.stream ?? `${entry.phone}-1`);
  }

  /** `B-12345 · Front`: plate and camera where they are known. */
  nameOfStream(key) {
    const { id, quality } = partsOf(key);
    const [, phone, channel] = /^(.+)-(\d+)$/.exec(id) ?? [];
    const entry = phone ? this.fleet.ofPhone(phone) : null;
    if (!entry) return labelOf(key);
    const camera = entry.channels?.find((each) => String(each.channel) === channel)?.name ?? `CH ${channel}`;
    return `${entry.title} · ${camera}${quality === 'sub' ? ' · sub' : ''}`;
  }

  #back() {
    const key = this.#selected;
    this.select(null);
    this.#list.focusOn(key);
  }

  #changed() {
    if (this.#selected !== null && !this.fleet.get(this.#selected)) this.#selectSuccessor();
    this.#showDetails();
    this.dispatchEvent(new Event('change'));
  }

  /** A terminal that was adopted goes on as the vehicle it became. */
  #selectSuccessor() {
    const phone = /^terminal:(.+)$/.exec(this.#selected)?.[1];
    this.select((phone && this.fleet.ofPhone(phone)?.key) ?? null);
  }

  #showDetails() {
    const entry = this.#selected === null ? null : this.fleet.get(this.#selected);
    if (entry) this.#details.show(entry, this.#streams.all(), new Set(this.#wall.plan.visible.filter(Boolean)));
  }

  /** A server that starts, or whose database is away, is asked again; a new connection asks by itself. */
  #loadFailed(problem) {
    if (problem.code === 'UNAUTHENTICATED') this.dispatchEvent(new Event('unauthenticated'));
    else if (problem.code === 'SERVER_UNREACHABLE') return;
    else if (problem.status >= 500 || problem.status === 429) this.#reload = setTimeout(() => this.load(), this.#backoff.next(problem.retryAfterMs));
    else toast(at('toasts'), `The vehicles cannot be shown. ${problem.detail || problem.code}`, 'warn');
  }

  #askAgain() {
    const quiet = performance.now() - this.#pushed > 3 * ASK_AGAIN_MS;
    if (quiet && this.fleet.size > 0 && this.fleet.size <= ASKED_UP_TO && !document.hidden && this.#reload === 0) this.load();
  }

  #loadSoon() {
    if (this.#reload === 0) this.#reload = setTimeout(() => this.load(), RELOAD_MS);
  }

  async #loadTrack(key) {
    const { kind, id, phone } = this.fleet.get(key);
    const from = new Date(Date.now() - TRACK_HOURS * 3_600_000).toISOString();
    const resource = kind === 'vehicle' ? `vehicles/${id}` : `terminals/${phone}`;
    if (!await this.#api.offers(`/api/v1/${kind}s/{id}/track`)) return;
    try {
      const places = await this.#api.all(`/api/v1/${resource}/track?from=${encodeURIComponent(from)}`, 5000);
      if (key === this.#selected) this.#map.track = places.filter((each) => each.positioned !== false).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    } catch {
      // The line since the page was opened is drawn all the same.
    }
  }

  async #loadChannels(key) {
    const { phone } = this.fleet.get(key);
    if (!phone) return;
    try {
      const { items } = await this.#api.get(`/api/v1/terminals/${phone}/channels`);
      this.fleet.setChannels(key, items);
    } catch {
      // Channels that are live are known from the streams; others can be opened by number.
    }
  }

  #adopt(entry) {
    askForAdoption(entry, async (vehicle) => {
      await this.#api.post(`/api/v1/terminals/${entry.phone}/adopt`, vehicle);
      toast(at('toasts'), `${vehicle.plate} was adopted`, 'good');
      await this.load();
    });
  }
}
