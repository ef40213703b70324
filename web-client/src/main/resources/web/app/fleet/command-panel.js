import { element, setText } from '../dom.js';
import { COMMANDS, commandBody, commandOf, labelOfCommand, mergeCommands, outcomeOf } from './commands.js';
import { timeElement } from './time-element.js';
import { codeWords } from './words.js';

/** Asks something of one terminal, and shows what became of it. Events: none; talks to the API itself. */
export class CommandPanel extends HTMLElement {
  #api = null;
  #terminal = null;
  #commands = [];
  #type = element('select', { id: 'command-type' }, ...COMMANDS.map(({ type, label }) => element('option', { value: type }, label)));
  #fields = element('div', { class: 'fields' });
  #hint = element('p', { class: 'hint-words' });
  #send = element('button', { type: 'submit', class: 'primary small-button' }, 'Send');
  #error = element('p', { class: 'form-error', role: 'alert', hidden: true });
  #list = element('ul', { class: 'commands', 'aria-label': 'Last commands' });

  connectedCallback() {
    if (this.#type.isConnected) return;
    const form = element('form', { class: 'command-form', onsubmit: (event) => this.#submit(event) },
      element('label', { for: 'command-type', class: 'unseen' }, 'Command'), element('div', { class: 'command-row' }, this.#type, this.#send), this.#hint, this.#fields, this.#error);
    this.#type.addEventListener('change', () => this.#showFields());
    this.append(form, this.#list);
    this.#showFields();
  }

  set api(api) {
    this.#api = api;
  }

  /** The terminal's digits, or null. */
  set terminal(terminal) {
    if (terminal === this.#terminal) return;
    this.#terminal = terminal;
    this.#commands = [];
    this.#fail('');
    this.#render();
    if (terminal) this.#load(terminal);
  }

  set online(online) {
    this.#send.disabled = !online;
    this.#send.title = online ? '' : 'The terminal is offline';
  }

  /** A `command.changed` of the push channel. */
  accept(command) {
    if (phoneOf(command) !== this.#terminal && !this.#commands.some((each) => each.id === command.id)) return;
    this.#commands = mergeCommands(this.#commands, command);
    this.#render();
  }

  async #load(terminal) {
    try {
      const { items } = await this.#api.get(`/api/v1/terminals/${terminal}/commands?limit=10`);
      if (terminal !== this.#terminal) return;
      this.#commands = mergeCommands(items, ...this.#commands);
      this.#render();
    } catch {
      // The list stays as it is; sending tells what is wrong.
    }
  }

  #showFields() {
    const { fields, hint } = commandOf(this.#type.value);
    setText(this.#hint, hint);
    this.#fields.replaceChildren(...fields.map(fieldElement));
    this.#fail('');
  }

  async #submit(event) {
    event.preventDefault();
    const command = commandOf(this.#type.value);
    if (command.confirm && !confirm(command.confirm)) return;
    const terminal = this.#terminal;
    this.#send.setAttribute('aria-busy', 'true');
    try {
      const body = commandBody(command.type, this.#values(command.fields));
      const made = await this.#api.post(`/api/v1/terminals/${terminal}/commands`, body, requestKey());
      this.#fail('');
      if (terminal !== this.#terminal) return;
      this.#commands = mergeCommands([made], ...this.#commands);
      this.#render();
    } catch (problem) {
      this.#fail(problem.detail || problem.message);
    } finally {
      this.#send.removeAttribute('aria-busy');
    }
  }

  #values(fields) {
    return Object.fromEntries(fields.map(({ name, kind }) => {
      const input = this.#fields.querySelector(`[name="${name}"]`);
      return [name, kind === 'check' ? input.checked : kind === 'number' ? Number(input.value) : input.value];
    }));
  }

  #fail(words) {
    setText(this.#error, words);
    this.#error.hidden = words === '';
  }

  #render() {
    this.#list.replaceChildren(...(this.#commands.length === 0 ? [element('li', { class: 'quiet' }, 'Nothing has been asked of it yet.')] : this.#commands.map(commandElement)));
  }
}

function commandElement(command) {
  const { words, reason, good } = outcomeOf(command);
  const answer = command.answer && Object.keys(command.answer).length > 0
    ? element('details', {}, element('summary', {}, 'Answer'), answerElement(command.answer)) : null;
  return element('li', { 'data-good': String(good) },
    element('span', { class: 'line' }, element('span', { class: 'what' }, labelOfCommand(command.type)), element('span', { class: 'outcome' }, words)),
    element('span', { class: 'line quiet' }, element('span', { class: 'what' }, reason), timeElement(command.updated_at ?? command.created_at)), answer);
}

/** Of no interest to who asked. */
const ABOUT_THE_MESSAGE = new Set(['reply_serial', 'count']);

function answerElement(answer) {
  return element('dl', {}, ...Object.entries(answer).filter(([name]) => !ABOUT_THE_MESSAGE.has(name)).flatMap(([name, value]) => [element('dt', {}, codeWords(name)), element('dd', {}, valueText(value))]));
}

function valueText(value) {
  if (Array.isArray(value)) return value.map(valueText).join('\n');
  if (typeof value?.id === 'string' && 'value' in value) return `${value.id}: ${valueText(value.value)}`;
  if (value !== null && typeof value === 'object') return Object.entries(value).map(([name, each]) => `${name}: ${valueText(each)}`).join(', ');
  return String(value);
}

function fieldElement({ name, label, kind, value, ...limits }) {
  const id = `command-${name}`;
  if (kind === 'check') return element('label', { class: 'check' }, element('input', { type: 'checkbox', name, id, checked: value }), label);
  const input = kind === 'lines' ? element('textarea', { name, id, rows: 3, ...limits }) : element('input', { name, id, type: kind, value, ...limits });
  return element('div', { class: 'field' }, element('label', { for: id }, label), input);
}

function phoneOf({ terminal }) {
  return typeof terminal === 'object' && terminal !== null ? terminal.phone : terminal;
}

/** A key nobody else uses; `randomUUID` is missing where the page came over plain HTTP from another machine. */
function requestKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, '0')).join('');
}

customElements.define('command-panel', CommandPanel);
