import { Credential } from '../app/credential.js';
import { setText } from '../app/dom.js';

export const at = (id) => document.getElementById(id);
export const parameters = new URLSearchParams(location.search);
const credential = new Credential(parameters);
export const { api } = credential;
export const ask = (question) => credential.ask(question);

/** What went wrong, or what there is nothing of, in one line above what is shown. */
export function say(words) {
  setText(at('empty'), words);
  at('empty').hidden = words === '';
}

export function sayProblem(problem) {
  say(problem.detail || problem.code || problem.message);
}
