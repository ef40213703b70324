import { conditionOf } from './vehicle-state.js';

const TRAIL_POINTS = 240;
/** Thousands of vehicles report many times a second; nobody reads that fast. */
const QUIET_MS = 150;
const TITLES = new Intl.Collator(undefined, { numeric: true });

/**
 * The vehicles and the terminals nobody has adopted, as the server tells them.
 *
 * An entry is `{key, kind, id, title, plate, plateColor, name, phone, online, position, channels, terminal}`; `kind` is
 * `vehicle` or `terminal` (not adopted). Entries are replaced, never written to.
 *
 * Events: `change` (at most one per task, and some in a second), `stale` (something is told of that is not known here: ask the server again).
 */
export class FleetDirectory extends EventTarget {
  #entries = new Map();
  #keyOfPhone = new Map();
  #trails = new Map();
  #known = false;
  #announced = false;
  #told = -Infinity;
  #order = null;

  /** True once the server has told its lists. */
  get known() {
    return this.#known;
  }

  get size() {
    return this.#entries.size;
  }

  get(key) {
    return this.#entries.get(key) ?? null;
  }

  ofPhone(phone) {
    return this.get(this.#keyOfPhone.get(digits(phone)));
  }

  /** All entries: online ones first, then by title; terminals nobody adopted last. */
  all() {
    this.#order ??= [...this.#entries.values()].sort(inOrder).map((entry) => entry.key);
    return this.#order.map((key) => this.#entries.get(key));
  }

  /** Entries with every word of `search`; `filter` is `all`, `online`, `driving`, `offline`, `alarm` or `unknown`. */
  search(search = '', filter = 'all') {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return this.all().filter((entry) => {
      const text = `${entry.title} ${entry.plate ?? ''} ${entry.name ?? ''} ${entry.phone ?? ''}`.toLowerCase();
      return matches(entry, filter) && words.every((word) => text.includes(word));
    });
  }

  counts() {
    const counts = { all: 0, online: 0, driving: 0, offline: 0, alarm: 0, unknown: 0 };
    for (const entry of this.#entries.values()) {
      for (const filter of Object.keys(counts)) if (matches(entry, filter)) counts[filter] += 1;
    }
    return counts;
  }

  /** The places an entry was at since this page was opened, oldest first. */
  trail(key) {
    return this.#trails.get(key) ?? [];
  }

  /** What the two lists of the API hold. Positions that are newer here stay. */
  replace(vehicles, unknownTerminals) {
    const before = this.#entries;
    this.#entries = new Map();
    this.#order = null;
    this.#keyOfPhone = new Map();
    for (const entry of [...vehicles.map(vehicleEntry), ...unknownTerminals.map(terminalEntry)]) {
      const earlier = before.get(entry.key) ?? (entry.phone && before.get(`terminal:${entry.phone}`));
      const position = newer(entry.position, earlier?.position);
      this.#put({ ...entry, position, channels: entry.channels ?? earlier?.channels ?? null });
      if (position) this.#extendTrail(entry.key, position);
    }
    for (const key of this.#trails.keys()) if (!this.#entries.has(key)) this.#trails.delete(key);
    this.#known = true;
    this.#announce();
  }

  /** A message of the push channel. */
  accept(message) {
    switch (message.type) {
      case 'terminal.online':
      case 'terminal.offline':
        this.#terminal(message.terminal, message.type === 'terminal.online');
        break;
      case 'vehicle.position':
        this.#position(message);
        break;
      case 'channel.changed':
        this.#channel(message.channel);
        break;
      default:
    }
  }

  /** Channels as `/terminals/{id}/channels` tells them. */
  setChannels(key, channels) {
    const entry = this.get(key);
    if (entry) this.#replaceEntry({ ...entry, channels });
  }

  setPosition(key, position) {
    const entry = this.get(key);
    if (entry && position) this.#replaceEntry({ ...entry, position: newer(position, entry.position) });
  }

  #terminal(terminal, online) {
    const entry = this.ofPhone(terminal.phone);
    if (!entry) {
      this.#emit('stale');
      return;
    }
    this.#replaceEntry({ ...entry, online, terminal: { ...entry.terminal, ...terminal, state: online ? 'online' : 'offline' } });
  }

  #position({ vehicle, terminal, position }) {
    const entry = this.get(vehicle) ?? this.ofPhone(terminal);
    if (!entry) {
      this.#emit('stale');
      return;
    }
    if (position.backlog && newer(position, entry.position) === entry.position) return;
    // A terminal that reports is online, even if its own notice came earlier than this page.
    this.#replaceEntry({ ...entry, online: entry.online || !position.backlog, position });
    this.#extendTrail(entry.key, position);
  }

  #channel({ stream, quality, state }) {
    const [, phone, number] = /^(.+)-(\d+)$/.exec(stream) ?? [];
    const entry = phone && quality !== 'sub' ? this.ofPhone(phone) : null;
    if (!entry) return;
    const channel = Number(number);
    const others = (entry.channels ?? []).filter((each) => each.channel !== channel);
    const known = entry.channels?.find((each) => each.channel === channel) ?? { channel, stream };
    this.#replaceEntry({ ...entry, channels: [...others, { ...known, state }].sort((a, b) => a.channel - b.channel) });
  }

  #replaceEntry(entry) {
    this.#put(entry);
    this.#announce();
  }

  #put(entry) {
    if (this.#entries.get(entry.key)?.online !== entry.online) this.#order = null;
    this.#entries.set(entry.key, Object.freeze(entry));
    if (entry.phone) this.#keyOfPhone.set(entry.phone, entry.key);
  }

  #extendTrail(key, { latitude, longitude, positioned }) {
    if (positioned === false) return;
    const trail = this.#trails.get(key) ?? [];
    const last = trail.at(-1);
    if (last && last.latitude === latitude && last.longitude === longitude) return;
    this.#trails.set(key, [...trail.slice(1 - TRAIL_POINTS), { latitude, longitude }]);
  }

  #announce() {
    if (this.#announced) return;
    this.#announced = true;
    const tell = () => {
      this.#announced = false;
      this.#told = performance.now();
      this.#emit('change');
    };
    const wait = this.#told + QUIET_MS - performance.now();
    if (wait > 0) setTimeout(tell, wait);
    else queueMicrotask(tell);
  }

  #emit(type) {
    this.dispatchEvent(new CustomEvent(type));
  }
}

function vehicleEntry(vehicle) {
  const { terminal } = vehicle;
  return {
    key: vehicle.id, kind: 'vehicle', id: vehicle.id, title: vehicle.plate || vehicle.name || 'Vehicle', plate: vehicle.plate, plateColor: vehicle.plate_color,
    name: vehicle.name, phone: terminal ? digits(terminal.phone) : null, online: (terminal?.state ?? vehicle.state) === 'online',
    position: vehicle.position ?? null, channels: vehicle.channels ?? null, terminal: terminal ?? null,
  };
}

function terminalEntry(terminal) {
  const phone = digits(terminal.phone);
  return {
    key: `terminal:${phone}`, kind: 'terminal', id: terminal.id, title: phone, plate: terminal.plate, plateColor: terminal.plate_color, name: null, phone,
    online: terminal.state === 'online', position: terminal.position ?? null, channels: terminal.channels ?? null, terminal,
  };
}

/** Digits are compared without leading zeros. */
function digits(phone) {
  return String(phone ?? '').replace(/^0+(?=.)/, '');
}

function newer(a, b) {
  if (!a || !b) return a ?? b ?? null;
  return Date.parse(b.at) > Date.parse(a.at) ? b : a;
}

function matches(entry, filter) {
  switch (filter) {
    case 'unknown': return entry.kind === 'terminal';
    case 'online': return entry.online;
    case 'driving': return conditionOf(entry) === 'driving';
    case 'offline': return !entry.online;
    case 'alarm': return (entry.position?.alarms?.length ?? 0) > 0;
    default: return true;
  }
}

function inOrder(a, b) {
  return compare(a.kind !== 'vehicle', b.kind !== 'vehicle') || compare(!a.online, !b.online) || TITLES.compare(a.title, b.title) || compare(a.key, b.key);
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
