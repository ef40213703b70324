import { element } from '../app/dom.js';
import { KINDS, SEVERITIES } from '../app/events/event.js';
import { codeWords } from '../app/fleet/words.js';
import { api, ask, say, sayProblem } from './page.js';
import { BY, cellsOf, COLUMNS, nameOf, ORDER, searchOf, summaryOf } from './reports.js';

const LINES = 100;

/** How many alarms there were: a form, figures, a table, and the same as CSV. */
export class ReportView {
  root = element('section', { class: 'view', 'aria-label': 'Reports' });
  #fields = new Map();
  #figures = element('div', { class: 'summary' });
  #table = element('div', { class: 'scroll', hidden: true });
  #names;
  #asked = 0;

  /** @param names of vehicles and groups, by id */
  constructor({ vehicles, groups, names }) {
    this.#names = names;
    const form = element('form', { class: 'chooser' },
      this.#choice('by', 'Per', BY), this.#choice('order', 'Order', ORDER), this.#time('from', 'From'), this.#time('to', 'To'),
      this.#choice('vehicle', 'Vehicle', vehicles, 'All vehicles'), this.#choice('group', 'Group', groups, 'All groups'),
      this.#choice('kind', 'Kind', KINDS, 'All kinds'), this.#choice('severity', 'At least', Object.fromEntries(SEVERITIES.map((each) => [each, codeWords(each)])), 'Any severity'),
      element('button', { type: 'submit', class: 'primary' }, 'Show'),
      element('button', { type: 'button', class: 'secondary', onclick: () => this.#save() }, 'CSV'));
    form.addEventListener('submit', (event) => { event.preventDefault(); this.load(); });
    this.root.append(form, this.#figures, this.#table);
  }

  #choice(name, label, words, all) {
    const field = element('select', { name }, ...(all ? [element('option', { value: '' }, all)] : []), ...Object.entries(words).map(([value, text]) => element('option', { value }, text)));
    this.#fields.set(name, field);
    return element('label', {}, element('span', {}, label), field);
  }

  #time(name, label) {
    const field = element('input', { type: 'datetime-local', name });
    this.#fields.set(name, field);
    return element('label', {}, element('span', {}, label), field);
  }

  #wish() {
    return Object.fromEntries([...this.#fields].map(([name, field]) => [name, field.value]));
  }

  async load() {
    const mine = ++this.#asked;
    const wish = this.#wish();
    try {
      const { items } = await ask(() => api.get(`/api/v1/event-reports?${searchOf(wish, { limit: LINES })}`));
      if (mine !== this.#asked) return;
      say(items.length === 0 ? 'No alarms in this time. Without a time, the last 7 days are counted.' : '');
      this.#draw(items, wish.by);
    } catch (problem) {
      if (mine === this.#asked) sayProblem(problem);
    }
  }

  #draw(lines, by) {
    this.#figures.replaceChildren(...(lines.length === 0 ? [] : summaryOf(lines, by).map(({ name, value }) => element('div', { class: 'figure' }, element('span', { class: 'name' }, name), element('strong', {}, value)))));
    this.#table.hidden = lines.length === 0;
    const most = Math.max(1, ...lines.map(({ events }) => events));
    this.#table.replaceChildren(element('table', {},
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, BY[by]), ...COLUMNS.map((name) => element('th', { scope: 'col', class: 'number' }, name)))),
      element('tbody', {}, ...lines.map((line) => element('tr', {},
        element('th', { scope: 'row' }, nameOf(line.key, by, this.#names), bar(line.events / most)),
        ...cellsOf(line).map((text, index) => element('td', { class: 'number', 'data-name': COLUMNS[index] }, text)))))));
  }

  async #save() {
    try {
      const blob = await ask(() => api.blob(`/api/v1/event-reports?${searchOf(this.#wish(), { format: 'csv', limit: 500 })}`));
      const link = element('a', { href: URL.createObjectURL(blob), download: 'events.csv' });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (problem) {
      sayProblem(problem);
    }
  }
}

function bar(share) {
  const made = element('i', { class: 'bar', 'aria-hidden': 'true' });
  made.style.setProperty('--share', share);
  return made;
}
