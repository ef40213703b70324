import { Api } from '../app/api.js';
import { setText } from '../app/dom.js';
import { recall, remember } from '../app/memory.js';
import { askForToken } from '../app/token-dialog.js';

const TOKEN_KEY = 'roadcast.token';

export const at = (id) => document.getElementById(id);
export const parameters = new URLSearchParams(location.search);
export const api = new Api({ token: tokenAtStart() });
let asking = null;

function tokenAtStart() {
  const given = parameters.get('token');
  if (given === null) return recall('sessionStorage', TOKEN_KEY) ?? '';
  remember('sessionStorage', TOKEN_KEY, given);
  parameters.delete('token');
  history.replaceState(null, '', `${location.pathname}${parameters.size > 0 ? `?${parameters}` : ''}${location.hash}`);
  return given;
}

/** Asks for a token where one is missing, once for all who ask meanwhile; other refusals are thrown. */
export async function ask(question) {
  for (;;) {
    const used = api.token;
    try {
      return await question();
    } catch (problem) {
      if (problem.code !== 'UNAUTHENTICATED') throw problem;
      if (api.token === used) await (asking ??= renew());
    }
  }
}

async function renew() {
  api.token = await askForToken({ refused: api.token !== '' });
  remember('sessionStorage', TOKEN_KEY, api.token);
  asking = null;
}

/** What went wrong, or what there is nothing of, in one line above what is shown. */
export function say(words) {
  setText(at('empty'), words);
  at('empty').hidden = words === '';
}

export function sayProblem(problem) {
  say(problem.detail || problem.code || problem.message);
}
