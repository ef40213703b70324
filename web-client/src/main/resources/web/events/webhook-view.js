import { element, setText } from '../app/dom.js';
import { KINDS, SEVERITIES } from '../app/events/event.js';
import { codeWords, timeText, utcText } from '../app/fleet/words.js';
import { api, ask, say, sayProblem } from './page.js';

const REFRESH_MS = 5000;
const DELIVERIES = 100;
const STATES = { '': 'All', waiting: 'Waiting', aside: 'Set aside', dead: 'Given up', delivered: 'Delivered' };
const CHANGES = { created: 'begins', ended: 'ends', handled: 'is handled', evidence: 'gets files' };

/** Who is told of alarms by HTTP: the list, what each was told and was not, and sending again what was given up. */
export class WebhookView {
  root = element('section', { class: 'view', 'aria-label': 'Webhooks' });
  #groups;
  #list = element('div', { class: 'webhooks' });
  #secret = element('p', { class: 'secret', role: 'status', hidden: true });
  #problem = element('p', { class: 'problem', role: 'alert' });
  #form = element('form', { class: 'chooser' });
  #log = element('div', { class: 'scroll', hidden: true });
  #bar = element('div', { class: 'chooser', hidden: true });
  #state = element('select', { 'aria-label': 'Which messages' }, ...Object.entries(STATES).map(([value, text]) => element('option', { value }, text)));
  #title = element('h2', {});
  #webhooks = [];
  #chosen = null;
  #asked = 0;

  constructor({ groups }) {
    this.#groups = groups;
    const again = element('button', { type: 'button', class: 'secondary', onclick: () => this.#resend() }, 'Send all given up again');
    this.#bar.append(this.#title, this.#state, again);
    this.#state.addEventListener('change', () => this.#loadLog());
    this.#form.append(
      field('Name', element('input', { name: 'name', required: true, maxlength: 100 })),
      field('Address', element('input', { name: 'url', type: 'url', required: true, maxlength: 2000, placeholder: 'https://' })),
      field('Terminal', element('input', { name: 'terminal', inputmode: 'numeric', placeholder: 'All' })),
      field('Group', choice('group', groups, 'All groups')), field('Kind', choice('kind', KINDS, 'All kinds')),
      field('At least', choice('severity', Object.fromEntries(SEVERITIES.toReversed().map((each) => [each, codeWords(each)])))),
      element('button', { type: 'submit', class: 'primary' }, 'Add'));
    this.#form.addEventListener('submit', (event) => { event.preventDefault(); this.#create(); });
    this.root.append(this.#form, this.#problem, this.#secret, this.#list, this.#bar, this.#log);
    setInterval(() => { if (!document.hidden && this.root.isConnected && this.#chosen) this.#loadLog(); }, REFRESH_MS);
  }

  async load() {
    try {
      this.#webhooks = await ask(() => api.all('/api/v1/webhooks'));
      say(this.#webhooks.length === 0 ? 'Nobody is told of alarms yet. Name an address that takes them by POST.' : '');
      this.#draw();
      this.#loadLog();
    } catch (problem) {
      sayProblem(problem);
    }
  }

  #draw() {
    this.#list.replaceChildren(...this.#webhooks.map((webhook) => {
      const { id, name, url, enabled, severity, terminal, kind, group, changes } = webhook;
      const only = [severity === 'info' ? '' : `${codeWords(severity)} or more`, kind ? KINDS[kind] ?? kind : '', terminal ? `terminal ${terminal}` : '', group ? this.#groups[group] ?? 'one group' : ''].filter(Boolean).join(' · ');
      return element('article', { class: 'webhook', 'data-webhook': id, 'data-enabled': String(enabled), 'aria-current': String(id === this.#chosen) },
        element('button', { type: 'button', class: 'webhook-name', onclick: () => this.#choose(id) }, element('strong', {}, name), element('span', { class: 'address' }, url),
          element('span', { class: 'quiet' }, `${only || 'All alarms'} · when one ${changes.map((each) => CHANGES[each] ?? each).join(', ')}`)),
        element('div', { class: 'webhook-actions' },
          element('button', { type: 'button', class: 'secondary', onclick: () => this.#change(id, { enabled: !enabled }) }, enabled ? 'Pause' : 'Go on'),
          element('button', { type: 'button', class: 'secondary', onclick: () => this.#remove(webhook) }, 'Remove')));
    }));
  }

  #choose(id) {
    this.#chosen = id;
    this.#draw();
    this.#loadLog();
  }

  async #loadLog() {
    const mine = ++this.#asked;
    const webhook = this.#webhooks.find(({ id }) => id === this.#chosen);
    this.#bar.hidden = this.#log.hidden = !webhook;
    if (!webhook) return;
    setText(this.#title, `Messages to ${webhook.name}`);
    const state = this.#state.value;
    try {
      const { items } = await ask(() => api.get(`/api/v1/webhooks/${webhook.id}/deliveries?limit=${DELIVERIES}${state ? `&state=${state}` : ''}`));
      if (mine === this.#asked) this.#drawLog(items);
    } catch (problem) {
      if (mine === this.#asked) this.#refused(problem);
    }
  }

  #drawLog(items) {
    if (items.length === 0) {
      this.#log.replaceChildren(element('p', { class: 'none' }, 'No messages.'));
      return;
    }
    const columns = ['Number', 'Terminal', 'Alarm', 'State', 'Attempts', 'Last answer', 'Since'];
    this.#log.replaceChildren(element('table', {},
      element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)), element('th', {}))),
      element('tbody', {}, ...items.map((each) => {
        const cells = [String(each.number), each.terminal, CHANGES[each.change] ?? each.change, STATES[each.state], String(each.attempts), each.reason ? codeWords(each.reason) : '–', timeText(each.created_at)];
        return element('tr', { 'data-state': each.state, title: `${each.id} · ${utcText(each.created_at)}` },
          ...cells.map((text, index) => element('td', { 'data-name': columns[index] }, text)),
          element('td', {}, each.state === 'dead' ? element('button', { type: 'button', class: 'secondary', onclick: () => this.#resend(each.id) }, 'Send again') : null));
      }))));
  }

  async #create() {
    const wish = Object.fromEntries([...new FormData(this.#form)].filter(([, value]) => value !== ''));
    await this.#do(async () => {
      const made = await api.post('/api/v1/webhooks', wish);
      this.#form.reset();
      this.#chosen = made.id;
      this.#secret.replaceChildren(element('strong', {}, `The secret of ${made.name}, shown only now: `), element('code', {}, made.secret));
      this.#secret.hidden = false;
    });
  }

  #change(id, wish) {
    return this.#do(() => api.patch(`/api/v1/webhooks/${id}`, wish));
  }

  #remove({ id, name }) {
    if (confirm(`Remove ${name}? What waits for it is forgotten.`)) this.#do(() => api.remove(`/api/v1/webhooks/${id}`));
  }

  #resend(delivery) {
    const path = `/api/v1/webhooks/${this.#chosen}/deliveries${delivery ? `/${delivery}` : ''}/resend`;
    return this.#do(() => api.post(path));
  }

  async #do(action) {
    setText(this.#problem, '');
    try {
      await ask(action);
      await this.load();
    } catch (problem) {
      this.#refused(problem);
    }
  }

  #refused(problem) {
    setText(this.#problem, problem.detail || problem.code || problem.message);
  }
}

function field(label, input) {
  return element('label', {}, element('span', {}, label), input);
}

function choice(name, words, all) {
  return element('select', { name }, ...(all ? [element('option', { value: '' }, all)] : []), ...Object.entries(words).map(([value, text]) => element('option', { value }, text)));
}
