import { keyOf } from './stream-key.js';

/**
 * The live streams as the server tells them over a channel.
 *
 * Events: `change` (at most one per task), `started` and `stopped` (detail: stream), `notice` (detail: viewer notice).
 */
export class StreamDirectory extends EventTarget {
  #streams = new Map();
  #greeting = [];
  #announced = false;
  #known = false;

  /** Feeds from a channel; a stopped directory is simply dropped together with its channel. */
  listen(channel) {
    channel.addEventListener('message', ({ detail }) => this.accept(detail));
  }

  /** True once the server has told its list. */
  get known() {
    return this.#known;
  }

  get size() {
    return this.#streams.size;
  }

  get(key) {
    return this.#streams.get(key);
  }

  /** Sorted by terminal, channel and quality. */
  all() {
    return [...this.#streams.values()].sort(inOrder);
  }

  /** [{terminal, streams}], both sorted; only streams that contain every word of `search`. */
  terminals(search = '') {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const groups = new Map();
    for (const stream of this.all()) {
      const text = `${stream.id} ch${stream.channel} ${stream.quality} ${stream.video?.codec ?? ''} ${stream.state}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
      const terminal = stream.terminal ?? stream.id;
      if (!groups.has(terminal)) groups.set(terminal, []);
      groups.get(terminal).push(stream);
    }
    return [...groups].map(([terminal, streams]) => ({ terminal, streams }));
  }

  accept(message) {
    switch (message.type) {
      case 'hello':
      case 'list':
        this.#greeting = [];
        // falls through: a long list comes in pieces
      case 'hello.more':
        this.#greeting.push(...(message.streams ?? []));
        if (message.more) return;
        this.#replace(this.#greeting);
        this.#greeting = [];
        break;
      case 'stream.started':
        this.#put(message.stream);
        this.#emit('started', message.stream);
        break;
      case 'stream.changed':
      case 'stream.resumed':
        this.#put(message.stream);
        break;
      case 'stream.interrupted':
        this.#put({ ...message.stream, state: 'interrupted' });
        break;
      case 'stream.stopped':
        if (this.#streams.delete(keyOf(message.stream))) this.#emit('stopped', message.stream);
        break;
      case 'viewer.notice':
        this.#emit('notice', message);
        return;
      default:
        return;
    }
    this.#announce();
  }

  #replace(streams) {
    this.#known = true;
    const earlier = this.#streams;
    this.#streams = new Map(streams.map((stream) => [keyOf(stream), stream]));
    for (const [key, stream] of this.#streams) if (!earlier.has(key)) this.#emit('started', stream);
    for (const [key, stream] of earlier) if (!this.#streams.has(key)) this.#emit('stopped', stream);
  }

  #put(stream) {
    this.#streams.set(keyOf(stream), stream);
  }

  #announce() {
    if (this.#announced) return;
    this.#announced = true;
    queueMicrotask(() => {
      this.#announced = false;
      this.#emit('change');
    });
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function inOrder(a, b) {
  return compare(a.terminal ?? a.id, b.terminal ?? b.id) || (a.channel ?? 0) - (b.channel ?? 0) || compare(a.quality ?? '', b.quality ?? '');
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
