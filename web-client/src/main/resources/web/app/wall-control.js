import { iconMarkup } from '../player/icons.js';
import { element, setText, svg } from './dom.js';
import { recall, remember } from './memory.js';
import { keyOf } from './stream-key.js';
import { toast } from './toasts.js';
import { LAYOUTS, initialPlan } from './wall-plan.js';
import { welcome } from './welcome.js';

const PLAN_KEY = 'roadcast.wall';
const at = (id) => document.getElementById(id);

/**
 * The wall and its tools: which stream is in which tile, and what may fill the tiles by themselves.
 *
 * Events: `planned` (the plan changed), `browse` (the user wants to choose a stream), `unauthenticated`.
 */
export class WallControl extends EventTarget {
  #wall = at('wall');
  #streams;
  #plan;
  #candidates = () => [];
  #welcomeAllowed = () => true;
  ingestPort = 6611;
  /** How many streams that are not live may be opened by themselves. */
  openAtStart = 0;

  constructor(streams, parameters) {
    super();
    this.#streams = streams;
    this.#plan = initialPlan(parameters, recall('localStorage', PLAN_KEY));
    this.#setUpTools();
    this.#wall.addEventListener('select', ({ detail }) => this.show(this.#plan.select(detail)));
    this.#wall.addEventListener('place', ({ detail: { key, index } }) => this.show(this.#plan.place(key, index)));
    this.#wall.addEventListener('remove', ({ detail }) => this.show(this.#plan.remove(detail)));
    this.#wall.addEventListener('failed', ({ detail }) => toast(at('toasts'), detail, 'warn'));
    this.#wall.addEventListener('browse', ({ detail }) => { this.show(this.#plan.select(detail)); this.dispatchEvent(new Event('browse')); });
    this.#wall.addEventListener('unauthenticated', () => this.dispatchEvent(new Event('unauthenticated')));
    this.show(this.#plan);
  }

  get plan() {
    return this.#plan;
  }

  set token(token) {
    this.#wall.token = token;
  }

  /** What a stream is called, by its key. */
  set names(nameOf) {
    this.#wall.nameOf = nameOf;
  }

  /** Names may have changed: a vehicle was adopted, renamed or read for the first time. */
  relabel() {
    this.#wall.relabel();
  }

  /** Streams that are not live yet but would be if somebody opened them: a function that gives their keys. */
  set candidates(keys) {
    this.#candidates = keys;
  }

  /** Whether an empty wall tells how to get a camera in. */
  set welcomeAllowed(allowed) {
    this.#welcomeAllowed = allowed;
  }

  /** Fills empty tiles as long as nobody has chosen. */
  refresh() {
    const keys = this.#keys(this.openAtStart);
    if (this.#plan.automatic && keys.length > 0) this.show(this.#plan.fill(keys));
    else this.#showWelcome();
  }

  /** Puts streams into tiles: one into the selected tile, several into the empty ones and then over others. */
  open(keys) {
    if (keys.length === 1) {
      const shown = this.#plan.indexOf(keys[0]) >= 0;
      this.show(this.#plan.placeSelected(keys[0]));
      if (shown) this.#wall.reveal(keys[0]);
      return;
    }
    const needed = LAYOUTS.find((each) => each >= keys.length) ?? LAYOUTS.at(-1);
    let plan = needed > this.#plan.layout ? this.#plan.withLayout(needed) : this.#plan;
    for (const key of keys.slice(0, plan.layout)) {
      const free = plan.visible.indexOf(null);
      if (plan.indexOf(key) < 0) plan = plan.place(key, free >= 0 ? free : plan.visible.findIndex((each) => !keys.includes(each)));
    }
    this.show(plan);
  }

  show(plan) {
    this.#plan = plan;
    remember('localStorage', PLAN_KEY, plan);
    this.#wall.plan = plan;
    for (const button of at('layouts').children) {
      const chosen = Number(button.dataset.layout) === plan.layout;
      button.setAttribute('aria-checked', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    at('clear').disabled = plan.visible.every((key) => key === null);
    this.#showWelcome();
    this.dispatchEvent(new Event('planned'));
  }

  /** The label of the player that carries a viewer, for notices about it. */
  nameOfViewer(viewer) {
    const player = [...this.#wall.querySelectorAll('roadcast-player')].find((each) => each.viewerId === viewer);
    return player?.getAttribute('label') ?? 'A stream';
  }

  #keys(most) {
    const live = this.#streams.all().filter((stream) => stream.quality !== 'sub').map(keyOf);
    return [...new Set([...live, ...this.#candidates().slice(0, most)])];
  }

  #showWelcome() {
    const empty = this.#streams.known && this.#streams.size === 0 && this.#plan.visible.every((key) => key === null) && this.#welcomeAllowed();
    if (!empty) this.#wall.welcome = null;
    else if (!this.#wall.querySelector('.welcome')) this.#wall.welcome = welcome(location.hostname, this.ingestPort);
  }

  #setUpTools() {
    at('layouts').append(...LAYOUTS.map((layout) => element('button', {
      type: 'button', role: 'radio', 'data-layout': layout, title: layout === 1 ? 'One tile' : `${layout} tiles`, 'aria-label': layout === 1 ? 'One tile' : `${layout} tiles`,
      onclick: () => { this.show(this.#plan.withLayout(layout)); if (this.#plan.automatic) this.refresh(); },
    }, layoutIcon(Math.sqrt(layout)), element('span', {}, String(layout)))));
    walkWithArrows(at('layouts'));
    this.#tool('fill', 'fill', 'Fill wall', 'Fill the empty tiles: first what is live, then the first cameras of vehicles that are online', () => this.#fill());
    this.#tool('clear', 'clear', 'Clear', 'Take every stream off the wall', () => this.show(this.#plan.clear()));
  }

  #fill() {
    const before = this.#plan.visible.join();
    this.show(this.#plan.fill(this.#keys(Infinity)));
    if (before === this.#plan.visible.join()) toast(at('toasts'), this.#plan.visible.includes(null) ? 'There is nothing else to show.' : 'Every tile is taken.');
  }

  #tool(id, icon, words, title, act) {
    at(id).append(svg(iconMarkup(icon)), element('span', {}, words));
    at(id).title = title;
    at(id).addEventListener('click', act);
  }
}

/** Arrow keys move inside a radio group, as they do in a form. */
export function walkWithArrows(group) {
  group.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...group.children];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    next.click();
    next.focus();
  });
}

function layoutIcon(columns) {
  const cell = (18 - (columns - 1) * 1.6) / columns;
  const places = [...Array(columns).keys()];
  const cells = places.flatMap((row) => places.map((column) => `<rect x="${3 + column * (cell + 1.6)}" y="${3 + row * (cell + 1.6)}" width="${cell}" height="${cell}" rx="${columns > 2 ? 0.6 : 1.4}"/>`));
  return svg(`<svg viewBox="0 0 24 24" width="18" height="18" fill="currentColor" aria-hidden="true">${cells.join('')}</svg>`);
}
