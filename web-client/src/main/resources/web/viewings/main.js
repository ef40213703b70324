import { Credential } from '../app/credential.js';
import { element, setText, svg } from '../app/dom.js';
import { timeText, utcText } from '../app/fleet/words.js';
import { keyOf, labelOf, partsOf } from '../app/stream-key.js';
import { iconMarkup } from '../player/icons.js';
import { cellsOf, COLUMNS, summaryOf } from './figures.js';

const PAGE = 100;
const REFRESH_MS = 5000;
const at = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);
const credential = new Credential(parameters);
const { api } = credential;
let shown = parameters.get('stream') ?? '';
let ended = [];
let watching = [];
let next = null;
let loads = 0;

at('live').prepend(svg(iconMarkup('wall')));
at('recordings').prepend(svg(iconMarkup('history')));
at('chooser').addEventListener('submit', (event) => { event.preventDefault(); choose(at('stream').value.trim()); });
at('more').addEventListener('click', () => loadEarlier());
setInterval(() => { if (!document.hidden && shown && !credential.asking) load(); }, REFRESH_MS);
start();

async function start() {
  say(shown ? '' : 'Choose a stream to see how it was watched.');
  try {
    const streams = await credential.ask(() => api.all('/api/v1/streams'));
    at('known').replaceChildren(...streams.map((stream) => element('option', { value: keyOf(stream) }, labelOf(keyOf(stream)))));
    if (!shown && streams.length === 1) shown = keyOf(streams[0]);
  } catch (problem) {
    say(problem.detail || problem.code);
  }
  if (shown) choose(shown);
}

function choose(key) {
  shown = key;
  ended = [];
  watching = [];
  next = null;
  at('stream').value = key;
  history.replaceState(null, '', `${location.pathname}?stream=${encodeURIComponent(key)}`);
  draw();
  load();
}

/** Of the stream that is shown; those that are over stay known when it is not live any more. */
function path(what, cursor = '') {
  const { id, quality } = partsOf(shown);
  return `/api/v1/streams/${encodeURIComponent(id)}/${what}?quality=${quality}${cursor}`;
}

async function load() {
  loads += 1;
  const mine = loads;
  try {
    const page = await credential.ask(() => api.get(path('viewings', `&limit=${PAGE}`)));
    const present = await credential.ask(() => api.get(path('viewers'))).catch((problem) => { if (problem.status === 404) return { items: [] }; throw problem; });
    if (mine !== loads) return;
    watching = present.items;
    const known = new Set(page.items.map(({ id }) => id));
    const earlier = ended.filter(({ id }) => !known.has(id));
    if (earlier.length === 0) next = page.next ?? null;
    ended = [...page.items, ...earlier];
    say(ended.length + watching.length === 0 ? 'Nobody has watched this stream since the server started.' : '');
    draw();
  } catch (problem) {
    if (mine === loads) say(problem.detail || problem.code);
  }
}

async function loadEarlier() {
  const stream = shown;
  try {
    const page = await credential.ask(() => api.get(path('viewings', `&limit=${PAGE}&cursor=${encodeURIComponent(next)}`)));
    if (stream !== shown) return;
    ended = [...ended, ...page.items];
    next = page.next ?? null;
    draw();
  } catch (problem) {
    say(problem.detail || problem.code);
  }
}

function draw() {
  const all = [...watching, ...ended];
  document.body.toggleAttribute('data-shown', all.length > 0);
  at('figures').replaceChildren(...(all.length === 0 ? [] : summaryOf(all).map(({ name, value, note }) =>
    element('div', { class: 'figure' }, element('span', { class: 'name' }, name), element('strong', {}, value), element('span', { class: 'remark' }, note ?? '')))));
  at('tables').replaceChildren(
    ...(watching.length > 0 ? [element('h2', {}, 'Watching now'), table(watching)] : []),
    ...(ended.length > 0 ? [element('h2', {}, 'Over'), table(ended)] : []));
  at('more').hidden = next === null;
}

function table(viewings) {
  return element('div', { class: 'scroll' }, element('table', {},
    element('thead', {}, element('tr', {}, ...COLUMNS.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...viewings.map((viewing) => element('tr', { 'data-viewer': viewing.id, title: `${viewing.path?.remote ?? 'never connected'} · ${viewing.codec} · ${utcText(viewing.since)}` },
      ...cellsOf(viewing, { timeText }).map((text, index) => element('td', { 'data-name': COLUMNS[index] }, text)))))));
}

function say(words) {
  setText(at('empty'), words);
  at('empty').hidden = words === '';
}
