import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../src/main/resources/web/player/backoff.js';
import { ServerChannel } from '../src/main/resources/web/player/server-channel.js';

class FakeSocket extends EventTarget {
  static all = [];
  sent = [];

  constructor(url) {
    super();
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(text) { this.sent.push(JSON.parse(text)); }
  open() { this.dispatchEvent(new Event('open')); }
  push(message) { this.dispatchEvent(Object.assign(new Event('message'), { data: typeof message === 'string' ? message : JSON.stringify(message) })); }
  close() { this.dispatchEvent(new Event('close')); }
}

function channelOf(fetch, options = {}) {
  FakeSocket.all.length = 0;
  const channel = new ServerChannel({ server: 'https://host:8443', WebSocket: FakeSocket, fetch, backoff: new Backoff({ firstMs: 1, longestMs: 1 }), ...options });
  const states = [];
  const messages = [];
  channel.addEventListener('state', ({ detail }) => states.push(detail));
  channel.addEventListener('message', ({ detail }) => messages.push(detail));
  return { channel, states, messages };
}

const until = async (condition) => {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise(setImmediate);
  assert.ok(condition());
};

test('opens one socket for all who hold it and closes it with the last', () => {
  const { channel, states } = channelOf();
  channel.hold();
  channel.hold();
  assert.equal(FakeSocket.all.length, 1);
  assert.equal(FakeSocket.all[0].url, 'wss://host:8443/api/v1/ws');
  FakeSocket.all[0].open();
  channel.release();
  assert.equal(channel.state, 'open');
  channel.release();
  assert.deepEqual(states, ['connecting', 'open', 'closed']);
});

test('sends the token where a browser can put it', () => {
  const { channel } = channelOf(undefined, { token: 'a b' });
  channel.hold();
  assert.equal(FakeSocket.all[0].url, 'wss://host:8443/api/v1/ws?token=a+b');
});

test('passes messages on and leaves out what is no JSON', () => {
  const { channel, messages } = channelOf();
  channel.hold();
  FakeSocket.all[0].open();
  FakeSocket.all[0].push('{');
  FakeSocket.all[0].push({ type: 'hello', streams: [] });
  assert.deepEqual(messages, [{ type: 'hello', streams: [] }]);
});

test('comes back after a break and follows its viewers again', async () => {
  const { channel } = channelOf();
  channel.follow('v1');
  channel.hold();
  FakeSocket.all[0].open();
  channel.follow('v2');
  FakeSocket.all[0].close();
  await until(() => FakeSocket.all.length === 2);
  FakeSocket.all[1].open();
  const followed = [{ type: 'viewer.follow', viewer: 'v1' }, { type: 'viewer.follow', viewer: 'v2' }];
  assert.deepEqual(FakeSocket.all[0].sent, followed);
  assert.deepEqual(FakeSocket.all[1].sent, followed);
  channel.release();
});

test('tells who looks away, again after a break, and who looks again', async () => {
  const { channel } = channelOf();
  channel.hold();
  FakeSocket.all[0].open();
  channel.pause('v1');
  channel.pause('v2');
  channel.resume('v2');
  channel.resume('v3');
  assert.deepEqual(FakeSocket.all[0].sent.map(({ type, viewer }) => `${type} ${viewer}`), ['viewer.pause v1', 'viewer.pause v2', 'viewer.resume v2']);
  FakeSocket.all[0].close();
  await until(() => FakeSocket.all.length === 2);
  FakeSocket.all[1].open();
  assert.deepEqual(FakeSocket.all[1].sent, [{ type: 'viewer.pause', viewer: 'v1' }]);
  channel.unfollow('v1');
  channel.resume('v1');
  assert.equal(FakeSocket.all[1].sent.length, 1);
  channel.release();
});

test('learns over HTTP that a token is needed, and does not try on', async () => {
  const { channel, states } = channelOf(async () => new Response('{"code":"UNAUTHENTICATED"}', { status: 401 }));
  channel.hold();
  FakeSocket.all[0].close();
  await until(() => channel.state === 'unauthorized');
  assert.deepEqual(states, ['connecting', 'closed', 'unauthorized']);
  assert.equal(FakeSocket.all.length, 1);
});

test('asks for the list where WebSockets do not pass', async () => {
  const { channel, messages } = channelOf(async (url) => Response.json(new URL(url).searchParams.has('cursor') ? { items: [{ id: '1-2' }] } : { items: [{ id: '1-1' }], next: 'c' }));
  channel.hold();
  FakeSocket.all[0].close();
  await until(() => messages.length === 1);
  assert.deepEqual(messages[0], { type: 'list', streams: [{ id: '1-1' }, { id: '1-2' }] });
  await until(() => FakeSocket.all.length === 2);
  channel.release();
});

test('tells of all players in one message, and of none that is no longer followed', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { channel } = channelOf();
  channel.hold();
  FakeSocket.all[0].open();
  for (const viewer of ['a', 'b', 'c']) channel.follow(viewer);
  channel.tell('a', { freezes: 0 });
  channel.tell('b', { freezes: 0 });
  channel.tell('c', { freezes: 0 });
  channel.tell('a', { freezes: 1 });
  channel.tell('stranger', { freezes: 9 });
  channel.unfollow('c');
  context.mock.timers.tick(2_000);
  const told = FakeSocket.all[0].sent.filter(({ type }) => type === 'viewer.figures');
  assert.deepEqual(told, [{ type: 'viewer.figures', viewers: [{ viewer: 'a', figures: { freezes: 1 } }, { viewer: 'b', figures: { freezes: 0 } }] }]);
  channel.release();
});
