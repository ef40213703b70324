import { iconMarkup } from '../player/icons.js';
import { element, svg } from './dom.js';
import { recall, remember } from './memory.js';
import { walkWithArrows } from './wall-control.js';

const VIEW_KEY = 'roadcast.view';
const VIEWS = [['split', 'split', 'Both'], ['map', 'map', 'Map'], ['wall', 'wall', 'Wall']];
const PAGES = [['recordings', 'history', 'Recordings', 'Recordings'], ['viewings', 'statistics', 'Viewings', 'Viewings'], ['reports', 'warning', 'Reports', 'Reports of alarms, webhooks, rules']];
const TABS = [['fleet', 'truck', 'Vehicles'], ['map', 'map', 'Map'], ['live', 'wall', 'Live']];
const LISTS = [['vehicles', 'Vehicles', 'fleet'], ['streams', 'Streams', 'streams'], ['alarms', 'Alarms', 'events']];

const at = (id) => document.getElementById(id);

/**
 * What of the page is on the screen. On a desk: wall, map or both beside the list. On a phone: one of three tabs. In the
 * list: vehicles or live streams. CSS does the showing, by the attributes of `.console`.
 */
export class Views {
  #console = document.querySelector('.console');
  #kept = { view: 'split', share: 42, ...recall('localStorage', VIEW_KEY) };

  constructor() {
    at('views').append(...VIEWS.map(([view, icon, words]) => element('button', {
      type: 'button', role: 'radio', 'data-view': view, title: { split: 'Wall and map', map: 'The map alone', wall: 'The wall alone' }[view], 'aria-label': { split: 'Wall and map', map: 'Map', wall: 'Wall' }[view], onclick: () => this.show(view),
    }, svg(iconMarkup(icon)), element('span', {}, words))));
    walkWithArrows(at('views'));
    at('tabbar').append(...TABS.map(([tab, icon, words]) => element('button', { type: 'button', 'data-tab': tab, onclick: () => this.tab(tab) }, svg(iconMarkup(icon)), element('span', {}, words))));
    at('lists').append(...LISTS.map(([list, words, region]) => element('button', { type: 'button', role: 'tab', 'data-list': list, 'aria-controls': region, onclick: () => this.list(list) }, words, element('span', { class: 'count' }))));
    walkWithArrows(at('lists'));
    for (const [id, icon, word, title] of PAGES) {
      at(id).append(svg(iconMarkup(icon)), element('span', {}, word));
      at(id).title = title;
      at(id).setAttribute('aria-label', title);
    }
    this.#setUpDivider();
    this.show(this.#kept.view);
    this.tab('live');
    this.list('vehicles');
  }

  /** `split`, `map` or `wall`. */
  show(view) {
    this.#kept.view = VIEWS.some(([each]) => each === view) ? view : 'split';
    this.#console.dataset.view = this.#kept.view;
    mark(at('views'), (button) => button.dataset.view === this.#kept.view, 'aria-checked');
    remember('localStorage', VIEW_KEY, this.#kept);
  }

  /** `fleet`, `map` or `live`: only matters where there is room for one. */
  tab(tab) {
    this.#console.dataset.tab = tab;
    document.body.dataset.tab = tab;
    mark(at('tabbar'), (button) => button.dataset.tab === tab, 'aria-pressed');
  }

  /** `vehicles`, `streams` or `alarms`. */
  list(list) {
    this.#console.dataset.list = list;
    mark(at('lists'), (button) => button.dataset.list === list, 'aria-selected');
  }

  count(list, count) {
    at('lists').querySelector(`[data-list="${list}"] .count`).textContent = count > 0 ? String(count) : '';
  }

  /** Whether something in a list needs somebody at once. */
  urgent(list, urgent) {
    at('lists').querySelector(`[data-list="${list}"]`).toggleAttribute('data-urgent', urgent);
  }

  /** Details take the place of the list. */
  set details(shown) {
    this.#console.toggleAttribute('data-details', shown);
  }

  /** Makes sure that the wall can be seen. */
  showWall() {
    if (this.#kept.view === 'map') this.show('split');
    this.tab('live');
  }

  showMap() {
    if (this.#kept.view === 'wall') this.show('split');
    this.tab('map');
  }

  #setUpDivider() {
    const divider = at('divider');
    const stage = divider.parentElement;
    const share = (percent) => {
      this.#kept.share = Math.min(75, Math.max(20, percent));
      stage.style.setProperty('--map-share', `${this.#kept.share}%`);
      divider.setAttribute('aria-valuenow', String(Math.round(this.#kept.share)));
      remember('localStorage', VIEW_KEY, this.#kept);
    };
    share(Number(this.#kept.share) || 42);
    divider.addEventListener('pointerdown', (event) => divider.setPointerCapture(event.pointerId));
    divider.addEventListener('pointermove', (event) => {
      if (!divider.hasPointerCapture(event.pointerId)) return;
      const box = stage.getBoundingClientRect();
      share(((box.bottom - event.clientY) / box.height) * 100);
    });
    divider.addEventListener('keydown', (event) => {
      const step = { ArrowUp: 4, ArrowDown: -4 }[event.key];
      if (!step) return;
      event.preventDefault();
      share(this.#kept.share + step);
    });
  }
}

function mark(group, chosen, attribute) {
  for (const button of group.children) {
    const on = chosen(button);
    button.setAttribute(attribute, String(on));
    if (attribute !== 'aria-pressed') button.tabIndex = on ? 0 : -1;
  }
}
