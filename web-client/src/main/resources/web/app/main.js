import { iconMarkup } from '../player/icons.js';
import { sharedChannel } from '../player/server-channel.js';
import { element, setText, svg } from './dom.js';
import { recall, remember } from './memory.js';
import { StreamDirectory } from './stream-directory.js';
import { keyOf, labelOf } from './stream-key.js';
import './stream-list.js';
import { toast } from './toasts.js';
import { askForToken } from './token-dialog.js';
import './video-wall.js';
import { LAYOUTS, initialPlan } from './wall-plan.js';
import { welcome } from './welcome.js';

const PLAN_KEY = 'roadcast.wall';
const TOKEN_KEY = 'roadcast.token';

const at = (id) => document.getElementById(id);
const list = at('streams');
const wall = at('wall');
const directory = new StreamDirectory();
const parameters = new URLSearchParams(location.search);
let plan = initialPlan(parameters, recall('localStorage', PLAN_KEY));
let token = tokenAtStart();
let channel = null;
let ingestPort = 6611;
let greeted = false;
let askingForToken = false;

list.directory = directory;
wall.token = token;
setUpTools();
setUpDrawer();
show(plan);
connect();

list.addEventListener('choose', ({ detail: key }) => {
  const shown = plan.indexOf(key) >= 0;
  show(plan.placeSelected(key));
  if (shown) wall.reveal(key);
  closeDrawer();
});
wall.addEventListener('select', ({ detail }) => show(plan.select(detail)));
wall.addEventListener('place', ({ detail: { key, index } }) => show(plan.place(key, index)));
wall.addEventListener('remove', ({ detail }) => show(plan.remove(detail)));
wall.addEventListener('browse', ({ detail }) => {
  show(plan.select(detail));
  openDrawer();
  (list.querySelector('.stream:not([aria-pressed="true"])') ?? list.querySelector('input')).focus();
});
wall.addEventListener('unauthenticated', () => renewToken());

directory.addEventListener('change', () => {
  if (plan.automatic && directory.size > 0) show(plan.fill(liveKeys()));
  else showWelcome();
  tally();
});
directory.addEventListener('started', ({ detail: stream }) => {
  if (greeted) toast(at('toasts'), `${labelOf(keyOf(stream))} is live`, 'good');
});
directory.addEventListener('stopped', ({ detail: stream }) => toast(at('toasts'), `${labelOf(keyOf(stream))} has stopped`));
directory.addEventListener('notice', ({ detail }) => notice(detail));

function tokenAtStart() {
  const given = parameters.get('token');
  if (given === null) return recall('sessionStorage', TOKEN_KEY) ?? '';
  remember('sessionStorage', TOKEN_KEY, given);
  // A credential does not stay in the address bar, the history or a copied link.
  parameters.delete('token');
  history.replaceState(null, '', `${location.pathname}${parameters.size > 0 ? `?${parameters}` : ''}`);
  return given;
}

function connect() {
  channel?.release();
  channel = sharedChannel(location.origin, token);
  if (!channel.console) {
    channel.console = true;
    directory.listen(channel);
    channel.addEventListener('message', ({ detail }) => {
      if (!['hello', 'hello.more', 'list'].includes(detail.type) || detail.more) return;
      ingestPort = detail.jt1078_port ?? ingestPort;
      queueMicrotask(() => { greeted = true; });
    });
    const own = channel;
    channel.addEventListener('state', ({ detail }) => { if (own === channel) linkState(detail); });
  }
  linkState('connecting');
  channel.hold();
}

/** Channel and players may all ask for this in the same moment. */
async function renewToken() {
  if (askingForToken) return;
  askingForToken = true;
  let given = await askForToken({ refused: token !== '' });
  while (given === token) given = await askForToken({ refused: true });
  askingForToken = false;
  token = given;
  remember('sessionStorage', TOKEN_KEY, token);
  wall.token = token;
  connect();
}

function linkState(state) {
  const words = { open: 'Connected', connecting: 'Connecting', closed: 'Reconnecting', unauthorized: 'Sign-in needed' };
  at('link').dataset.state = state;
  document.body.dataset.link = state;
  at('link').title = state === 'open' ? 'The list is live' : 'The list may be out of date';
  setText(at('link'), words[state]);
  if (state === 'unauthorized') renewToken();
}

function show(next) {
  plan = next;
  remember('localStorage', PLAN_KEY, plan);
  wall.plan = plan;
  list.plan = plan;
  for (const button of at('layouts').children) {
    const chosen = Number(button.dataset.layout) === plan.layout;
    button.setAttribute('aria-checked', String(chosen));
    button.tabIndex = chosen ? 0 : -1;
  }
  at('clear').disabled = plan.visible.every((key) => key === null);
  showWelcome();
}

function showWelcome() {
  const empty = directory.known && directory.size === 0 && plan.visible.every((key) => key === null);
  if (!empty) wall.welcome = null;
  else if (!wall.querySelector('.welcome')) wall.welcome = welcome(location.hostname, ingestPort);
}

function tally() {
  const live = directory.all().filter((stream) => stream.state !== 'interrupted').length;
  setText(at('tally'), live === 0 ? 'No stream is live' : live === 1 ? '1 stream live' : `${live} streams live`);
  setText(at('drawer').querySelector('span'), live > 0 ? `Cameras · ${live}` : 'Cameras');
  document.title = live > 0 ? `(${live}) Roadcast` : 'Roadcast';
}

function liveKeys() {
  return directory.all().filter((stream) => stream.quality !== 'sub').map(keyOf);
}

function notice({ notice: kind, detail, viewer }) {
  const player = [...wall.querySelectorAll('roadcast-player')].find((each) => each.viewerId === viewer);
  const name = player?.getAttribute('label') ?? 'A stream';
  const words = {
    stream_interrupted: [`${name}: the camera stopped sending`, 'warn'],
    stream_resumed: [`${name}: the camera is back`, 'good'],
    kicked: [`${name}: the view was ended by an operator`, 'warn'],
    server_stopping: ['The server is shutting down', 'warn'],
  }[kind];
  if (words) toast(at('toasts'), typeof detail === 'string' && detail ? `${words[0]}. ${detail}` : words[0], words[1]);
}

function setUpTools() {
  at('layouts').append(...LAYOUTS.map((layout) => element('button', {
    type: 'button', role: 'radio', 'data-layout': layout, title: layout === 1 ? 'One tile' : `${layout} tiles`, 'aria-label': layout === 1 ? 'One tile' : `${layout} tiles`,
    onclick: () => show(plan.automatic ? plan.withLayout(layout).fill(liveKeys()) : plan.withLayout(layout)),
  }, layoutIcon(Math.sqrt(layout)), element('span', {}, String(layout)))));
  at('layouts').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = at('layouts').children[(LAYOUTS.indexOf(plan.layout) + step + LAYOUTS.length) % LAYOUTS.length];
    next.click();
    next.focus();
  });
  tool('fill', 'fill', 'Fill wall', 'Fill the empty tiles with streams that are not shown yet', () => {
    const before = plan;
    show(plan.fill(liveKeys()));
    if (before.visible.join() === plan.visible.join()) toast(at('toasts'), plan.visible.includes(null) ? 'Every live stream is on the wall.' : 'Every tile is taken.');
  });
  tool('clear', 'clear', 'Clear', 'Take every stream off the wall', () => show(plan.clear()));
}

function tool(id, icon, words, title, act) {
  at(id).append(svg(iconMarkup(icon)), element('span', {}, words));
  at(id).title = title;
  at(id).addEventListener('click', act);
}

function layoutIcon(columns) {
  const cell = (18 - (columns - 1) * 1.6) / columns;
  const places = [...Array(columns).keys()];
  const cells = places.flatMap((row) => places.map((column) => `<rect x="${3 + column * (cell + 1.6)}" y="${3 + row * (cell + 1.6)}" width="${cell}" height="${cell}" rx="${columns > 2 ? 0.6 : 1.4}"/>`));
  return svg(`<svg viewBox="0 0 24 24" width="18" height="18" fill="currentColor" aria-hidden="true">${cells.join('')}</svg>`);
}

function setUpDrawer() {
  tool('drawer', 'list', 'Cameras', 'Show the list of cameras', () => (document.body.classList.contains('drawer-open') ? closeDrawer() : openDrawer()));
  at('scrim').addEventListener('click', closeDrawer);
  addEventListener('keydown', (event) => { if (event.key === 'Escape') closeDrawer(); });
}

function openDrawer() {
  document.body.classList.add('drawer-open');
  at('drawer').setAttribute('aria-expanded', 'true');
  at('scrim').hidden = false;
}

function closeDrawer() {
  document.body.classList.remove('drawer-open');
  at('drawer').setAttribute('aria-expanded', 'false');
  at('scrim').hidden = true;
}
