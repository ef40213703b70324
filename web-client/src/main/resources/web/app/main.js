import { sharedChannel } from '../player/server-channel.js';
import { Api } from './api.js';
import { anotherToken, tokenAtStart } from './credential.js';
import { setText } from './dom.js';
import { EventControl } from './event-control.js';
import { FleetControl } from './fleet-control.js';
import { StreamDirectory } from './stream-directory.js';
import { keyOf } from './stream-key.js';
import './stream-list.js';
import { toast } from './toasts.js';
import './video-wall.js';
import { Views } from './views.js';
import { WallControl } from './wall-control.js';

const at = (id) => document.getElementById(id);
const list = at('streams');
const streams = new StreamDirectory();
const parameters = new URLSearchParams(location.search);
let token = tokenAtStart(parameters);
let channel = null;
let greeted = false;
let askingForToken = false;

const api = new Api({ token });
const views = new Views();
const wall = new WallControl(streams, parameters);
const fleet = new FleetControl({ api, streams, wall, views });
const events = new EventControl({ api, fleet, views, say: (message) => channel?.say(message) });

wall.token = token;
wall.names = (key) => fleet.nameOfStream(key);
wall.candidates = () => fleet.firstChannels();
wall.welcomeAllowed = () => fleet.fleet.known && fleet.fleet.size === 0;
list.directory = streams;
list.plan = wall.plan;
wall.addEventListener('planned', () => { list.plan = wall.plan; });
wall.addEventListener('unauthenticated', () => renewToken());
wall.addEventListener('browse', () => { views.tab('fleet'); (document.querySelector('.sidebar button.vehicle, .sidebar button.stream') ?? at('lists').firstElementChild).focus(); });
list.addEventListener('choose', ({ detail: key }) => { views.showWall(); wall.open([key]); });
fleet.addEventListener('open', ({ detail: keys }) => { views.showWall(); wall.open(keys); });
fleet.addEventListener('unauthenticated', () => renewToken());
fleet.addEventListener('change', () => { wall.refresh(); wall.relabel(); tally(); });
streams.addEventListener('change', () => { wall.refresh(); tally(); });
streams.addEventListener('started', ({ detail: stream }) => { if (greeted) toast(at('toasts'), `${fleet.nameOfStream(keyOf(stream))} is live`, 'good'); });
streams.addEventListener('stopped', ({ detail: stream }) => toast(at('toasts'), `${fleet.nameOfStream(keyOf(stream))} has stopped`));
streams.addEventListener('notice', ({ detail }) => notice(detail));
connect();

function connect() {
  channel?.release();
  channel = sharedChannel(location.origin, token);
  if (!channel.console) {
    channel.console = true;
    streams.listen(channel);
    channel.addEventListener('message', ({ detail }) => accept(detail));
    const own = channel;
    channel.addEventListener('state', ({ detail }) => { if (own === channel) linkState(detail); });
  }
  linkState('connecting');
  channel.hold();
}

function accept(message) {
  fleet.accept(message);
  events.accept(message);
  if (message.type === 'hello') configure();
  if (!['hello', 'hello.more', 'list'].includes(message.type) || message.more) return;
  wall.ingestPort = message.jt1078_port ?? wall.ingestPort;
  queueMicrotask(() => { greeted = true; });
}

/** What the operator of the server chose for this page. */
async function configure() {
  try {
    const page = await api.get('/api/v1/page');
    wall.openAtStart = page.open_at_start ?? 0;
    fleet.tileServer = page.map ?? {};
    events.tileServer = page.map ?? {};
    wall.refresh();
  } catch {
    // The page works as it is without.
  }
}

/** Channel, players and requests may all ask for this in the same moment. */
async function renewToken() {
  if (askingForToken) return;
  askingForToken = true;
  token = await anotherToken(token);
  askingForToken = false;
  wall.token = token;
  api.token = token;
  connect();
}

function linkState(state) {
  const words = { open: 'Connected', connecting: 'Connecting', closed: 'Reconnecting', unauthorized: 'Sign-in needed' };
  at('link').dataset.state = state;
  document.body.dataset.link = state;
  at('link').title = state === 'open' ? 'The page is live' : 'What is shown may be out of date';
  setText(at('link'), words[state]);
  if (state === 'unauthorized') renewToken();
}

function tally() {
  const live = streams.all().filter((stream) => stream.state !== 'interrupted').length;
  const { online, all } = fleet.fleet.counts();
  const cameras = live === 0 ? 'no stream live' : live === 1 ? '1 stream live' : `${live} streams live`;
  setText(at('tally'), all > 0 ? `${online} of ${all} online · ${cameras}` : cameras.charAt(0).toUpperCase() + cameras.slice(1));
  views.count('vehicles', all);
  views.count('streams', live);
  document.title = live > 0 ? `(${live}) Roadcast` : 'Roadcast';
}

function notice({ notice: kind, detail, viewer }) {
  const name = wall.nameOfViewer(viewer);
  const words = {
    stream_interrupted: [`${name}: the camera stopped sending`, 'warn'],
    stream_resumed: [`${name}: the camera is back`, 'good'],
    kicked: [`${name}: the view was ended by an operator`, 'warn'],
    server_stopping: ['The server is shutting down', 'warn'],
  }[kind];
  if (words) toast(at('toasts'), typeof detail === 'string' && detail ? `${words[0]}. ${detail}` : words[0], words[1]);
}
