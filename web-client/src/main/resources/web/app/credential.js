import { Api } from './api.js';
import { recall, remember } from './memory.js';
import { askForToken } from './token-dialog.js';

const KEY = 'roadcast.token';

/**
 * The token that the page begins with: that of its address, which loses it, or the one that this tab
 * was given before. `parameters` lose it too.
 */
export function tokenAtStart(parameters) {
  const given = parameters.get('token');
  if (given === null) return recall('sessionStorage', KEY) ?? '';
  remember('sessionStorage', KEY, given);
  // A credential does not stay in the address bar, the history or a copied link.
  parameters.delete('token');
  history.replaceState(null, '', `${location.pathname}${parameters.size > 0 ? `?${parameters}` : ''}${location.hash}`);
  return given;
}

/** Asks for another token than this one. Resolves to it; the tab keeps it until it is closed. */
export async function anotherToken(refused) {
  let given = await askForToken({ refused: refused !== '' });
  while (given === refused) given = await askForToken({ refused: true });
  remember('sessionStorage', KEY, given);
  return given;
}

/** What a page asks of the server, with a token as soon as one is needed. */
export class Credential {
  #asking = null;
  #renewed;

  /** `renewed` is told of each token that is given later. */
  constructor(parameters, renewed = () => {}) {
    this.api = new Api({ token: tokenAtStart(parameters) });
    this.#renewed = renewed;
  }

  /** Whether somebody is being asked for a token. */
  get asking() {
    return this.#asking !== null;
  }

  /** Asks for a token where one is missing, once for all who ask meanwhile; other refusals are thrown. */
  async ask(question) {
    for (;;) {
      const used = this.api.token;
      try {
        return await question();
      } catch (problem) {
        if (problem.code !== 'UNAUTHENTICATED') throw problem;
        if (this.api.token === used) await (this.#asking ??= this.#renew());
      }
    }
  }

  async #renew() {
    this.api.token = await anotherToken(this.api.token);
    this.#asking = null;
    this.#renewed(this.api.token);
  }
}
