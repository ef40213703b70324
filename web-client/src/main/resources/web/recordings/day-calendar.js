import { iconMarkup } from '../player/icons.js';
import { element, setText, svg } from '../app/dom.js';
import { dayOf, weeksOf } from './moments.js';

/** A month, with the days marked that have something. Events: `day` (detail: `2026-01-31`), `month` (another one is shown). */
export class DayCalendar extends HTMLElement {
  /** Where there is little room only one week is shown until this is pressed. */
  #title = element('button', { type: 'button', class: 'month', 'aria-expanded': 'false', onclick: () => this.#unfold() });
  #grid = element('div', { class: 'days', role: 'grid', 'aria-label': 'Days' });
  #shown = new Date();
  #day = dayOf(Date.now());
  #having = new Map();

  connectedCallback() {
    if (this.#title.isConnected) return;
    const turn = (words, by, icon, turned) => element('button', { type: 'button', class: `tool ${turned}`, 'aria-label': words, title: words, onclick: () => this.#turn(by) }, svg(iconMarkup(icon)));
    const names = Array.from({ length: 7 }, (_, index) => new Date(2024, 0, 1 + index).toLocaleDateString(undefined, { weekday: 'narrow' }));
    this.append(element('div', { class: 'calendar-head' }, turn('Earlier month', -1, 'back', ''), this.#title, turn('Later month', 1, 'back', 'turned')),
      element('div', { class: 'weekdays', 'aria-hidden': 'true' }, ...names.map((name) => element('span', {}, name))), this.#grid);
    this.#draw();
  }

  get day() {
    return this.#day;
  }

  set day(day) {
    this.#day = day;
    this.#shown = new Date(`${day}T12:00`);
    this.#draw();
  }

  /** The month that is shown, from its first page to its last, in milliseconds. */
  get bounds() {
    const days = weeksOf(this.#shown.getFullYear(), this.#shown.getMonth());
    const last = new Date(`${days.at(-1)}T00:00`);
    return { from: new Date(`${days[0]}T00:00`).getTime(), to: last.setDate(last.getDate() + 1) };
  }

  /** Days that have something: a map from `2026-01-31` to who has it. */
  set having(having) {
    this.#having = having;
    this.#draw();
  }

  #unfold(open = !this.hasAttribute('data-open')) {
    this.toggleAttribute('data-open', open);
    this.#title.setAttribute('aria-expanded', String(open));
  }

  #turn(months) {
    this.#unfold(true);
    this.#shown = new Date(this.#shown.getFullYear(), this.#shown.getMonth() + months, 15);
    this.#having = new Map();
    this.#draw();
    this.dispatchEvent(new Event('month'));
  }

  #draw() {
    setText(this.#title, this.#shown.toLocaleDateString(undefined, { month: 'long', year: 'numeric' }));
    const today = dayOf(Date.now());
    const days = weeksOf(this.#shown.getFullYear(), this.#shown.getMonth());
    const week = Math.floor(Math.max(0, days.indexOf(this.#day)) / 7);
    const focused = this.#grid.contains(document.activeElement) ? document.activeElement.dataset.day : null;
    this.#grid.replaceChildren(...days.map((day, index) => {
      const date = new Date(`${day}T12:00`);
      const sources = this.#having.get(day);
      const having = sources ? (sources.includes('server') ? 'server' : 'terminal') : null;
      return element('button', {
        type: 'button', 'data-day': day, 'data-having': having, 'aria-pressed': String(day === this.#day), disabled: day > today,
        class: `${date.getMonth() === this.#shown.getMonth() ? '' : 'other'}${day === today ? ' today' : ''}${Math.floor(index / 7) === week ? ' week' : ''}`,
        'aria-label': `${date.toLocaleDateString(undefined, { dateStyle: 'full' })}${having ? ', has recordings' : ''}`,
        onclick: () => { this.#day = day; this.#draw(); this.#unfold(false); this.dispatchEvent(new CustomEvent('day', { detail: day })); },
      }, String(date.getDate()));
    }));
    if (focused) this.#grid.querySelector(`[data-day="${focused}"]`)?.focus();
  }
}

customElements.define('day-calendar', DayCalendar);
