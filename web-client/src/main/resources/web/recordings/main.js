import { Credential } from '../app/credential.js';
import { element, setText, svg } from '../app/dom.js';
import { remember } from '../app/memory.js';
import { toast } from '../app/toasts.js';
import { iconMarkup } from '../player/icons.js';
import './day-calendar.js';
import './download-panel.js';
import { InStep } from './in-step.js';
import { beginning, clockText, dayBounds, dayOf, lineOf } from './moments.js';
import { keyOf } from './recording-choice.js';
import './recorded-player.js';
import './recording-state.js';
import { ScrubPictures } from '../player/scrub-pictures.js';
import './time-bar.js';
import { Transport } from './transport.js';

const GROWS_MS = 15_000;
const at = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);
const credential = new Credential(parameters, (token) => { for (const player of players.values()) player.token = token; });
const { api } = credential;
const choice = at('choice');
const calendar = at('calendar');
const bar = at('bar');
const step = new InStep();
const transport = new Transport(at('transport'), { step, bar });
const download = document.createElement('download-panel');
const state = document.createElement('recording-state');
const pictures = new ScrubPictures((stream, quality, from, to) => api.text(`/api/v1/recordings/thumbnails.vtt?${timeQuery(from, to)}&stream=${encodeURIComponent(stream)}&quality=${quality}`));
const players = new Map();
let lines = [];
let loads = 0;
/** Asked for in the address; forgotten with the first choice. */
let wanted = { stream: parameters.get('stream'), vehicle: parameters.get('vehicle'), at: Date.parse(parameters.get('at') ?? '') };

at('below').append(download, state);
at('live').prepend(svg(iconMarkup('wall')));
download.api = api;
state.api = api;
bar.picture = (line, wall) => pictures.near(line.stream, line.quality, wall);
choice.addEventListener('vehicle', () => showVehicle());
choice.addEventListener('channels', () => showChannels());
choice.addEventListener('more', () => toast(at('toasts'), 'Four channels can be shown at once.'));
calendar.addEventListener('day', () => showDay());
calendar.addEventListener('month', () => loadDays());
bar.addEventListener('seek', ({ detail }) => step.seek(detail));
bar.addEventListener('range', ({ detail }) => { download.range = detail; });
download.addEventListener('from', () => mark({ from: step.wall }));
download.addEventListener('to', () => mark({ to: step.wall }));
download.addEventListener('clear', () => { bar.range = null; });
step.addEventListener('tick', () => { bar.wall = step.wall; });
step.addEventListener('end', () => toast(at('toasts'), 'Nothing is recorded after this.'));
document.addEventListener('keydown', (event) => transport.key(event));
setInterval(() => { if (!document.hidden && calendar.day === dayOf(Date.now())) load({ growing: true }); }, GROWS_MS);
start();

async function start() {
  choice.note = 'Looking for vehicles';
  say('Choose a vehicle to see what was recorded.');
  let entries;
  try {
    entries = await credential.ask(async () => entriesOf(await api.all('/api/v1/vehicles'), await api.all('/api/v1/streams')));
  } catch (problem) {
    choice.note = `The vehicles cannot be shown. ${problem.detail || problem.code}`;
    setTimeout(start, problem.retryAfterMs ?? 5000);
    return;
  }
  choice.entries = entries;
  if (entries.length === 0) choice.note = 'There are no vehicles yet. They appear when their terminals connect.';
  const phone = wanted.stream?.replace(/-\d+$/, '');
  const asked = entries.find((each) => each.key === wanted.vehicle) ?? entries.find((each) => wanted.stream && (each.key === wanted.stream || each.phone === phone))
    ?? (wanted.stream ? streamEntry(wanted.stream) : null) ?? (entries.length === 1 ? entries[0] : null);
  if (Number.isFinite(wanted.at)) calendar.day = dayOf(wanted.at);
  if (asked) choice.choose(asked);
}

/** Vehicles, and what is live without belonging to one. */
function entriesOf(vehicles, streams) {
  const found = vehicles.map((each) => ({
    key: each.id, kind: 'vehicle', title: each.plate || each.name || 'Vehicle', plate: each.plate, plateColor: each.plate_color, name: each.name,
    phone: each.terminal ? String(each.terminal.phone).replace(/^0+(?=.)/, '') : null, query: `vehicle=${each.id}`,
  }));
  const phones = new Set(found.map((each) => each.phone));
  const names = new Set(streams.filter((each) => !phones.has(each.terminal)).map((each) => each.id));
  return [...found, ...[...names].map(streamEntry)];
}

function streamEntry(stream) {
  return { key: stream, kind: 'terminal', title: stream, plate: null, plateColor: null, name: null, phone: stream.replace(/-\d+$/, ''), query: `stream=${encodeURIComponent(stream)}` };
}

function showVehicle() {
  const { entry } = choice;
  document.body.toggleAttribute('data-chosen', entry !== null);
  lines = [];
  calendar.having = new Map();
  remember('sessionStorage', 'roadcast.recordings', entry?.key ?? null);
  step.pause();
  showChannels();
  if (entry === null) {
    say('Choose a vehicle to see what was recorded.');
    return;
  }
  loadDays();
  showDay();
}

async function loadDays() {
  const { entry } = choice;
  if (!entry) return;
  const { from, to } = calendar.bounds;
  try {
    const { items } = await credential.ask(() => api.get(`/api/v1/recordings/days?${entry.query}&${timeQuery(from, to)}&zone=${encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)}`));
    if (entry === choice.entry) calendar.having = new Map(items.map((each) => [each.day, each.sources]));
  } catch (problem) {
    toast(at('toasts'), `The days cannot be shown. ${problem.detail || problem.code}`, 'warn');
  }
}

async function showDay() {
  step.pause();
  lines = [];
  bar.day = dayBounds(calendar.day);
  showChannels();
  await load({ growing: false });
}

/** What the day has, or has by now. */
async function load({ growing }) {
  const { entry } = choice;
  if (!entry) return;
  const load = ++loads;
  const day = calendar.day;
  const { from, to } = dayBounds(day);
  if (!growing) say('Loading');
  try {
    const timeline = await credential.ask(() => api.get(`/api/v1/recordings/timeline?${entry.query}&${timeQuery(from, to)}`));
    if (load !== loads) return;
    const names = await namesOf(entry);
    const before = choice.picked.join();
    lines = timeline.lines.map(lineOf).map((line) => ({ ...line, label: labelOf(line, names) }));
    choice.lines = lines;
    choice.channelNote = lines.length === 0 ? 'Nothing was recorded on this day.' : '';
    if (growing && before === choice.picked.join()) refreshLines();
    else showChannels({ first: true });
  } catch (problem) {
    if (load !== loads || growing) return;
    say(`The recordings cannot be shown. ${problem.detail || problem.code}`);
  }
}

async function namesOf(entry) {
  if (!entry.phone) return new Map();
  try {
    const { items } = await api.get(`/api/v1/terminals/${entry.phone}/channels`);
    return new Map(items.map((each) => [each.channel, each.name]));
  } catch {
    return new Map();
  }
}

function labelOf({ stream, quality }, names) {
  const channel = Number(/-(\d+)$/.exec(stream)?.[1]);
  const name = names.get(channel) ?? (Number.isFinite(channel) ? `CH ${channel}` : stream);
  return quality === 'sub' ? `${name} · sub` : name;
}

function shownLines() {
  const picked = new Set(choice.picked);
  return lines.filter((line) => picked.has(keyOf(line)));
}

/** Players for the channels that are chosen, and no others. */
function showChannels({ first = false } = {}) {
  const shown = shownLines();
  const kept = new Set(shown.map(keyOf));
  for (const [key, player] of players) {
    if (kept.has(key)) continue;
    player.remove();
    players.delete(key);
  }
  for (const line of shown) {
    if (!players.has(keyOf(line))) players.set(keyOf(line), makePlayer());
    const player = players.get(keyOf(line));
    player.line = line;
    player.label = line.label;
    at('players').append(player);
  }
  at('players').dataset.count = shown.length;
  bar.lines = shown;
  download.streams = shown.map(({ stream, quality }) => ({ stream, quality }));
  state.show(shown);
  document.body.toggleAttribute('data-shown', shown.length > 0);
  say(shown.length > 0 ? '' : lines.length > 0 ? 'Choose a channel.' : choice.entry ? 'Nothing was recorded on this day. Days that have recordings are marked in the calendar.' : 'Choose a vehicle to see what was recorded.');
  step.set([], []);
  if (first) {
    const start = startOf(shown);
    step.seek(start);
    bar.fit(start);
  }
  step.set(shown.map((line) => players.get(keyOf(line))), shown);
}

function makePlayer() {
  const player = document.createElement('recorded-player');
  player.token = api.token;
  player.addEventListener('failed', ({ detail }) => { if (detail.status === 401) credential.ask(() => api.get('/api/v1/page')).catch(() => {}); });
  player.addEventListener('choose', () => transport.hear(player));
  return player;
}

function refreshLines() {
  const shown = shownLines();
  for (const line of shown) players.get(keyOf(line)).line = line;
  bar.lines = shown;
  step.lines = shown;
}

/** Where a day opens: what the address says, else half a minute before the end of today, else its first picture. */
function startOf(shown) {
  const { from, to } = dayBounds(calendar.day);
  const asked = wanted.at;
  wanted = { at: NaN };
  if (asked >= from && asked < to) return asked;
  const ends = shown.flatMap((line) => line.spans.map((span) => span.to));
  const last = Math.max(...ends);
  if (calendar.day === dayOf(Date.now()) && ends.length > 0) return Math.max(last - 30_000, beginning(shown, from) ?? from);
  return beginning(shown, from) ?? from;
}

function mark(part) {
  const { from, to } = { from: step.wall, to: step.wall, ...bar.range, ...part };
  if (part.from !== undefined) bar.range = { from, to: to > from ? to : Math.min(from + 60_000, dayBounds(calendar.day).to) };
  else bar.range = { from: from < to ? from : to - 60_000, to };
}

function say(words) {
  setText(at('empty'), words);
  at('empty').hidden = words === '';
}

function timeQuery(from, to) {
  return `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
}
