import { Backoff } from '../player/backoff.js';
import './events/event-list.js';
import { Chime } from './events/chime.js';
import { EventDialog } from './events/event-dialog.js';
import { EventDirectory } from './events/event-directory.js';
import { eventWords, isOpen } from './events/event.js';
import { toast } from './toasts.js';

const LISTED = 200;
/** Changes of the event that is shown are asked for together. */
const SETTLE_MS = 150;
/** However many come, they are counted this often. */
const COUNT_MS = 100;
/** Notices about alarms that come together are shown together. */
const TELL_MS = 200;
const TOLD_SINGLY = 2;
const SHOWN_ON_MAP_MS = 15 * 60_000;

const at = (id) => document.getElementById(id);

/** Safety events on the page: the list, the event that is looked at, their sound, their places on the map. */
export class EventControl {
  #api;
  #fleet;
  #views;
  #say;
  #directory = new EventDirectory();
  #list = at('events');
  #dialog;
  #chime = new Chime();
  #backoff = new Backoff({ firstMs: 1000, longestMs: 15_000 });
  #reload = 0;
  #refresh = 0;
  #counting = 0;
  #notable = [];
  #telling = 0;
  #last = null;
  #tileServer = {};
  #sounding = false;

  /** @param say sends a message over the push channel */
  constructor({ api, fleet, views, say }) {
    this.#api = api;
    this.#fleet = fleet;
    this.#views = views;
    this.#say = say;
    this.#dialog = new EventDialog({
      load: (id) => this.#load(id),
      act: (name, id, body) => this.#act(name, id, body),
      blob: ({ url, contentType, kind }) => api.blob(contentType === 'video/h264' || kind === 'log' ? `${url}?form=shown` : url),
      nameOf: (event) => this.#nameOf(event),
      tileServer: () => this.#tileServer,
      locate: (event) => this.#locate(event),
    });
    this.#list.show(this.#directory, (event) => this.#nameOf(event));
    this.#list.addEventListener('choose', ({ detail }) => this.#dialog.open(detail, this.#directory.get(detail)));
    this.#list.addEventListener('filter', () => this.#loadList());
    this.#list.addEventListener('sound', ({ detail }) => { this.#sounding = detail; if (detail) this.#chime.on(); });
    this.#directory.addEventListener('change', () => { this.#counting ||= setTimeout(() => this.#tally(), COUNT_MS); });
    this.#directory.addEventListener('fresh', ({ detail }) => this.#told(detail));
    fleet.addEventListener('alarm', ({ detail }) => this.#dialog.open(detail, this.#directory.get(detail)));
    fleet.fleet.addEventListener('change', () => this.#list.redraw());
    setInterval(() => this.#mark(), 10_000);
  }

  set tileServer(tileServer) {
    this.#tileServer = tileServer;
  }

  /** A message of the push channel. */
  accept(message) {
    if (message.type === 'hello') this.#begin();
    else if (message.type?.startsWith('event.') && message.event) {
      this.#last = message.number ?? this.#last;
      this.#directory.accept(message.event);
      if (this.#dialog.openId === message.event.id) this.#refreshSoon();
    } else if (message.type === 'events.subscribed') this.#last = message.number ?? this.#last;
    else if (message.type === 'error' && message.code === 'RESUME_TOO_OLD') { this.#last = null; this.#begin(); }
  }

  /** A new connection: what was missed is told from the last number on, or listed again. */
  async #begin() {
    if (!await this.#api.offers('/api/v1/events')) return;
    this.#say({ type: 'events.subscribe', ...(this.#last === null ? {} : { since: this.#last }) });
    this.#loadList();
  }

  async #loadList() {
    clearTimeout(this.#reload);
    const { severity, kind, state } = this.#list.filter;
    const wanted = new URLSearchParams({ limit: LISTED });
    if (severity) wanted.set('severity', severity);
    if (kind) wanted.set('kind', kind);
    if (state === 'false_alarm') wanted.set('false_alarm', 'true');
    else if (state) wanted.set('acknowledged', String(state === 'acknowledged'));
    try {
      const { items } = await this.#api.get(`/api/v1/events?${wanted}`);
      this.#directory.add(items);
      this.#backoff.reset();
    } catch (problem) {
      if (problem.status >= 500 || problem.status === 429) this.#reload = setTimeout(() => this.#loadList(), this.#backoff.next(problem.retryAfterMs));
    }
  }

  async #load(id) {
    const event = await this.#api.get(`/api/v1/events/${id}`);
    this.#directory.add([event]);
    return event;
  }

  #act(name, id, body) {
    return name === 'comment' ? this.#api.post(`/api/v1/events/${id}/comments`, body) : this.#api.patch(`/api/v1/events/${id}`, body);
  }

  #refreshSoon() {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(() => { if (this.#dialog.openId !== null) this.#dialog.refresh(); }, SETTLE_MS);
  }

  /** Somebody is told; an event that was sent late raises nobody. */
  #told(event) {
    if (event.backlog || event.suppressed) return;
    if (this.#sounding) this.#chime.ring(event.severity);
    if (event.severity !== 'critical' && !event.attention) return;
    this.#notable.push(event);
    this.#telling ||= setTimeout(() => this.#tell(), TELL_MS);
  }

  /** However many come at once, they are a few notices. */
  #tell() {
    this.#telling = 0;
    const news = this.#notable.splice(0);
    for (const event of news.slice(0, TOLD_SINGLY)) toast(at('toasts'), `${this.#nameOf(event)}: ${eventWords(event)}`, 'warn');
    if (news.length > TOLD_SINGLY) toast(at('toasts'), `And ${news.length - TOLD_SINGLY} more alarms`, 'warn');
  }

  #tally() {
    this.#counting = 0;
    const open = this.#directory.all().filter((event) => isOpen(event) && !event.suppressed);
    this.#views.count('alarms', open.length);
    this.#views.urgent('alarms', open.some(({ severity }) => severity === 'critical'));
    this.#mark();
  }

  /** Those of the last minutes that nobody has acknowledged stand on the map. */
  #mark() {
    const since = Date.now() - SHOWN_ON_MAP_MS;
    this.#fleet.alarms = this.#directory.all().filter((event) => isOpen(event) && !event.suppressed && Date.parse(event.timestamp) > since && Number.isFinite(event.location?.latitude))
      .slice(0, 100).map(({ id, severity, location, deviceId }) => ({ id, severity, phone: deviceId, ...location }));
  }

  #nameOf({ deviceId }) {
    return this.#fleet.fleet.ofPhone(deviceId)?.title ?? deviceId;
  }

  #locate({ deviceId }) {
    const entry = this.#fleet.fleet.ofPhone(deviceId);
    if (!entry) return;
    this.#fleet.select(entry.key);
    this.#views.showMap();
  }
}
