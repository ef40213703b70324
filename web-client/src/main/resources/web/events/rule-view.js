import { element, setText } from '../app/dom.js';
import { eventWords } from '../app/events/event.js';
import { codeWords, timeText } from '../app/fleet/words.js';
import { api, ask, say, sayProblem } from './page.js';

const ORIGINS = { organization: 'Of your organization', node: 'Of this server', configuration: 'Of the configuration, until others are kept here' };

/** What is done about alarms: the rules as text, what they would have done, and keeping them. */
export class RuleView {
  root = element('section', { class: 'view', 'aria-label': 'Rules' });
  #text = element('textarea', { rows: 18, spellcheck: 'false', 'aria-label': 'Rules as JSON' });
  #origin = element('p', { class: 'none' });
  #problem = element('p', { class: 'problem', role: 'alert' });
  #outcome = element('p', { class: 'outcome', role: 'status' });
  #judged = element('div', { class: 'scroll', hidden: true });

  constructor() {
    this.root.append(this.#origin, this.#text, this.#problem,
      element('div', { class: 'chooser' },
        element('button', { type: 'button', class: 'primary', onclick: () => this.#try() }, 'Try on stored alarms'),
        element('button', { type: 'button', class: 'secondary', onclick: () => this.#keep() }, 'Keep'),
        element('button', { type: 'button', class: 'secondary', onclick: () => this.#drop() }, 'Back to the configuration')),
      this.#outcome, this.#judged);
  }

  async load() {
    try {
      this.#show(await ask(() => api.get('/api/v1/event-rules')));
      say('');
    } catch (problem) {
      sayProblem(problem);
    }
  }

  #show({ origin, rules }) {
    setText(this.#origin, ORIGINS[origin] ?? '');
    this.#text.value = JSON.stringify({ rules }, null, 2);
  }

  async #try() {
    const { items, matches, events } = await this.#with((rules) => api.post('/api/v1/event-rules/dry-run?limit=500', rules)) ?? {};
    if (!items) return;
    const fitted = Object.entries(matches).map(([name, count]) => `${name}: ${count}`).join(' · ');
    setText(this.#outcome, `Of the newest ${events} alarms: ${fitted || 'no rule fits'}`);
    const touched = items.filter(({ rules }) => rules.length > 0).reverse();
    this.#judged.hidden = touched.length === 0;
    const columns = ['When', 'Alarm', 'Severity', 'Rules', 'Would be done'];
    this.#judged.replaceChildren(element('table', {},
      element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)))),
      element('tbody', {}, ...touched.map((each) => {
        const done = [...each.actions.map(codeWords), each.suppressed ? 'Suppressed' : '', each.attention ? 'Attention' : ''].filter(Boolean).join(', ');
        const cells = [timeText(each.timestamp), eventWords(each), codeWords(each.severity), each.rules.join(', '), done || '–'];
        return element('tr', { 'data-severity': each.severity }, ...cells.map((text, index) => element('td', { 'data-name': columns[index] }, text)));
      }))));
  }

  async #keep() {
    const kept = await this.#with((rules) => api.put('/api/v1/event-rules', rules));
    if (!kept) return;
    this.#show(kept);
    setText(this.#outcome, 'They count from now on.');
  }

  async #drop() {
    if (!confirm('Forget the rules that are kept here?')) return;
    if (await this.#with(async () => { await api.remove('/api/v1/event-rules'); return true; })) this.load();
  }

  /** Null, and the reason on the page, where it was refused. */
  async #with(action) {
    setText(this.#problem, '');
    try {
      const rules = JSON.parse(this.#text.value);
      return await ask(() => action(rules));
    } catch (problem) {
      setText(this.#problem, problem.detail || problem.message);
      return null;
    }
  }
}
