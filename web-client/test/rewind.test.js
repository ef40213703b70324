import assert from 'node:assert/strict';
import test from 'node:test';
import { behindText } from '../src/main/resources/web/player/rewind-bar.js';
import { Rewind } from '../src/main/resources/web/player/rewind.js';

const NOW = Date.parse('2026-01-31T12:10:00Z');
const iso = (time) => new Date(time).toISOString();

function setUp({ recorded = [{ from: iso(NOW - 300_000), to: iso(NOW - 1000) }], answers = [] } = {}) {
  const asked = [];
  let clock = 0;
  let state = { state: 'live', at: iso(NOW), speed: 1, now: iso(NOW) };
  const rewind = new Rewind({
    server: 'https://here.example',
    clock: () => clock,
    fetch: async (address, { method, body }) => {
      asked.push(`${method} ${address.pathname.split('/').slice(4).join('/')} ${body ?? ''}`.trim());
      const answer = answers.shift();
      if (answer) return answer(body);
      const order = body ? JSON.parse(body) : {};
      if (order.action === 'seek') state = { ...state, state: 'playing', at: order.at ?? iso(NOW - order.back_s * 1000) };
      if (order.action === 'pause') state = { ...state, state: 'paused' };
      if (order.action === 'speed') state = { ...state, speed: order.speed };
      if (order.action === 'live') state = { ...state, state: 'live', at: iso(NOW) };
      return { ok: true, json: async () => ({ viewer: 'v', ...state, ...(method === 'GET' ? { recorded } : {}) }) };
    },
  });
  return { rewind, asked, pass: (milliseconds) => { clock += milliseconds; } };
}

test('is not there before the server says that recordings may be seen', async () => {
  const { rewind } = setUp({ answers: [async () => ({ ok: false, status: 404, headers: new Headers(), json: async () => ({ code: 'VIEWER_NOT_FOUND' }) })] });
  await rewind.watch('v');
  assert.equal(rewind.available, false);
  await rewind.refresh();
  assert.equal(rewind.available, true);
});

test('goes on by itself between two messages, at its speed and never beyond now', async () => {
  const { rewind, pass } = setUp();
  await rewind.watch('v');
  await rewind.seek(-60);
  assert.equal(rewind.at, NOW - 60_000);
  pass(2000);
  assert.equal(rewind.at, NOW - 58_000);
  await rewind.setSpeed(4);
  rewind.hear({ viewer: 'v', state: 'playing', at: iso(NOW - 50_000), speed: 4, now: iso(NOW) });
  pass(5000);
  assert.equal(rewind.at, NOW - 30_000);
  pass(60_000);
  assert.equal(rewind.at, rewind.now);
  await rewind.pause();
  const still = rewind.at;
  pass(1000);
  assert.equal(rewind.at, still);
});

test('of what is wanted while an order is under way only the last is sent', async () => {
  const { rewind, asked } = setUp();
  await rewind.watch('v');
  await Promise.all([-10, -20, -30, -40].map((back) => rewind.seek(back)));
  assert.deepEqual(asked.slice(1).map((each) => JSON.parse(each.slice(each.indexOf('{'))).back_s), [10, 40]);
});

test('to now is live', async () => {
  const { rewind, asked } = setUp();
  await rewind.watch('v');
  await rewind.seek(new Date(NOW - 100));
  assert.equal(asked.length, 1, 'it is live already');
  await rewind.seek(-5);
  await rewind.skip(10);
  assert.match(asked.at(-1), /"live"/);
  assert.equal(rewind.past, false);
});

test('its window reaches from the first picture to now, and follows who goes further back', async () => {
  const { rewind } = setUp();
  await rewind.watch('v');
  assert.deepEqual(rewind.window, { from: NOW - 300_000, to: NOW });
  await rewind.seek(new Date(NOW - 3_600_000));
  const { from, to } = rewind.window;
  assert.ok(from < NOW - 3_600_000 && to > NOW - 3_600_000 && to < NOW);
});

test('small pictures are those of the stream, asked for once', async () => {
  const hour = Math.floor(NOW / 3_600_000) * 3_600_000;
  const asked = [];
  const fetch = async (address) => {
    asked.push(String(address));
    const playback = { state: 'live', at: iso(NOW), speed: 1, now: iso(NOW), recorded: [] };
    const cues = 'WEBVTT\n\n00:00:10.000 --> 00:00:20.000\n/api/v1/recordings/1/sprite.jpg?sheet=0&signature=x#xywh=160,0,160,90\n';
    return { ok: true, json: async () => playback, text: async () => cues };
  };
  const rewind = new Rewind({ server: 'https://here', token: 't', stream: { name: '139-1', quality: 'sub' }, fetch, clock: () => 0 });
  assert.equal(await rewind.picture(hour + 12_000), null, 'before it is known whether it may');
  await rewind.watch('v');
  const picture = await rewind.picture(hour + 12_000);
  assert.equal(picture.url, 'https://here/api/v1/recordings/1/sprite.jpg?sheet=0&signature=x');
  assert.deepEqual([picture.x, picture.y, picture.width, picture.height], [160, 0, 160, 90]);
  await rewind.picture(hour + 13_000);
  const lists = asked.filter((each) => each.includes('thumbnails.vtt'));
  assert.equal(lists.length, 1);
  assert.match(lists[0], /stream=139-1&quality=sub/);
  assert.equal(await rewind.picture(hour + 600_000), null);
  assert.equal(await new Rewind({ server: 'https://here', fetch, clock: () => 0 }).picture(hour), null, 'of no stream');
});

test('a refusal is told', async () => {
  const refusal = async () => ({ ok: false, status: 503, headers: new Headers(), json: async () => ({ code: 'TOO_MANY_PLAYBACKS' }) });
  const { rewind } = setUp({ answers: [null, refusal] });
  const problems = [];
  rewind.addEventListener('problem', ({ detail }) => problems.push(detail.code));
  await rewind.watch('v');
  await rewind.seek(-5);
  assert.deepEqual(problems, ['TOO_MANY_PLAYBACKS']);
  assert.equal(rewind.past, false);
});

test('says how far back it is', () => {
  assert.equal(behindText(42_000), '−0:42');
  assert.equal(behindText(3_723_000), '−1:02:03');
});
