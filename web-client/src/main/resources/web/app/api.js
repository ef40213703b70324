import { Problem, problemOf } from '../player/problem.js';

/** The server's HTTP API with the token of this page. Refusals are thrown as `Problem`. */
export class Api {
  #fetch;
  #paths = null;

  constructor({ token = '', fetch = (...request) => globalThis.fetch(...request) } = {}) {
    this.token = token;
    this.#fetch = fetch;
  }

  get(path) {
    return this.#ask('GET', path);
  }

  /** `key` makes a repeated request the same request (`Idempotency-Key`). */
  post(path, body, key) {
    return this.#ask('POST', path, body, key ? { 'Idempotency-Key': key } : {});
  }

  patch(path, body) {
    return this.#ask('PATCH', path, body);
  }

  put(path, body) {
    return this.#ask('PUT', path, body);
  }

  remove(path) {
    return this.#ask('DELETE', path);
  }

  /** What is no JSON. */
  async text(path) {
    return (await this.#response('GET', path)).text();
  }

  /** Whether the server's description of its API has this path: servers differ in what they are for. */
  async offers(path) {
    this.#paths ??= this.#describedPaths();
    return (await this.#paths).has(path);
  }

  /** All items of a list that comes in pages, at most `limit` of them. */
  async all(path, limit = 20_000) {
    const items = [];
    let cursor = '';
    do {
      const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      items.push(...page.items);
      cursor = page.next ?? '';
    } while (cursor && items.length < limit);
    return items;
  }

  async #describedPaths() {
    try {
      const response = await this.#fetch('/openapi.yaml', {});
      const text = response.ok ? await response.text() : '';
      return new Set([...text.matchAll(/^ {2}(\/\S+):\s*$/gm)].map(([, path]) => path));
    } catch {
      this.#paths = null;
      return new Set();
    }
  }

  /** A file of the server. */
  async blob(path) {
    return (await this.#response('GET', path)).blob();
  }

  async #ask(method, path, body, headers = {}) {
    const response = await this.#response(method, path, body, headers);
    return response.status === 204 ? null : response.json();
  }

  async #response(method, path, body, headers = {}) {
    const request = { method, headers: { ...headers } };
    if (this.token) request.headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) {
      request.headers['Content-Type'] = 'application/json';
      request.body = JSON.stringify(body);
    }
    let response;
    try {
      response = await this.#fetch(path, request);
    } catch {
      throw new Problem({ code: 'SERVER_UNREACHABLE', detail: 'The server cannot be reached.' });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}
