import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../src/main/resources/web/app/api.js';
import { commandBody, mergeCommands, outcomeOf } from '../src/main/resources/web/app/fleet/commands.js';
import { FleetDirectory } from '../src/main/resources/web/app/fleet/fleet-directory.js';
import { isPicture, mediaTitle, mergeMedia, photoProgress } from '../src/main/resources/web/app/fleet/media.js';
import { conditionOf, directionWords, lastSeen, summaryOf } from '../src/main/resources/web/app/fleet/vehicle-state.js';
import { damageText, lossText } from '../src/main/resources/web/app/fleet/uplink.js';
import { agoText, clockText, codeWords, placeText, utcText } from '../src/main/resources/web/app/fleet/words.js';

const position = (changes = {}) => ({ at: '2026-11-21T06:00:00Z', received_at: '2026-11-21T06:00:01Z', latitude: 22.54, longitude: 114.06, speed_kmh: 50, direction: 90, positioned: true, acc: true, alarms: [], backlog: false, ...changes });
const vehicle = (id, changes = {}) => ({ id, plate: `B-${id}`, state: 'online', terminal: { id: `t${id}`, phone: `1380000000${id}`, state: 'online' }, ...changes });
const loaded = (...vehicles) => {
  const fleet = new FleetDirectory();
  fleet.replace(vehicles, []);
  return fleet;
};

test('online ones stand first, terminals nobody adopted last', () => {
  const fleet = new FleetDirectory();
  fleet.replace([vehicle('2', { terminal: { phone: '2', state: 'offline' } }), vehicle('3'), vehicle('1')], [{ id: 'x', phone: '0144', state: 'online' }]);
  assert.deepEqual(fleet.all().map((entry) => entry.title), ['B-1', 'B-3', 'B-2', '144']);
  assert.deepEqual(fleet.counts(), { all: 4, online: 3, driving: 0, offline: 1, alarm: 0, unknown: 1 });
});

test('searches plate, name and number, and filters', () => {
  const fleet = loaded(vehicle('1', { name: 'Delivery north' }), vehicle('2', { position: position({ alarms: ['overspeed'] }) }));
  assert.deepEqual(fleet.search('north deliv').map((entry) => entry.key), ['1']);
  assert.deepEqual(fleet.search('13800000002').map((entry) => entry.key), ['2']);
  assert.deepEqual(fleet.search('', 'alarm').map((entry) => entry.key), ['2']);
  assert.deepEqual(fleet.search('', 'driving').map((entry) => entry.key), ['2']);
  assert.deepEqual(fleet.search('nobody'), []);
});

test('notices go to the vehicle of the terminal, leading zeros or not', () => {
  const fleet = loaded(vehicle('1'));
  fleet.accept({ type: 'terminal.offline', terminal: { phone: '013800000001' } });
  assert.equal(fleet.get('1').online, false);
  fleet.accept({ type: 'vehicle.position', terminal: '13800000001', position: position() });
  assert.equal(fleet.get('1').online, true);
  assert.equal(fleet.get('1').position.latitude, 22.54);
});

test('what is told of somebody unknown makes the list stale', () => {
  const fleet = loaded(vehicle('1'));
  let stale = 0;
  fleet.addEventListener('stale', () => { stale += 1; });
  fleet.accept({ type: 'terminal.online', terminal: { phone: '99' } });
  fleet.accept({ type: 'vehicle.position', terminal: '98', position: position() });
  assert.equal(stale, 2);
});

test('a late report neither moves a vehicle back nor brings it online', () => {
  const fleet = loaded(vehicle('1', { position: position(), terminal: { phone: '7', state: 'offline' }, state: 'offline' }));
  fleet.accept({ type: 'vehicle.position', vehicle: '1', terminal: '7', position: position({ at: '2026-11-21T05:00:00Z', latitude: 1, backlog: true }) });
  assert.equal(fleet.get('1').position.latitude, 22.54);
  assert.equal(fleet.get('1').online, false);
});

test('reading the lists again keeps newer positions, trails and channels', () => {
  const fleet = loaded(vehicle('1', { position: position() }));
  fleet.accept({ type: 'vehicle.position', vehicle: '1', position: position({ at: '2026-11-21T06:00:05Z', latitude: 22.55 }) });
  fleet.setChannels('1', [{ channel: 1 }]);
  fleet.replace([vehicle('1', { position: position() })], []);
  assert.equal(fleet.get('1').position.latitude, 22.55);
  assert.equal(fleet.trail('1').length, 2);
  assert.equal(fleet.get('1').channels.length, 1);
  fleet.replace([], []);
  assert.deepEqual(fleet.trail('1'), []);
});

test('channels follow what is done about them', () => {
  const fleet = loaded(vehicle('1', { channels: [{ channel: 1, name: 'Front', stream: '13800000001-1', state: 'idle' }] }));
  fleet.accept({ type: 'channel.changed', channel: { stream: '13800000001-2', quality: 'main', state: 'requested' } });
  fleet.accept({ type: 'channel.changed', channel: { stream: '13800000001-1', quality: 'main', state: 'live' } });
  fleet.accept({ type: 'channel.changed', channel: { stream: '13800000001-1', quality: 'sub', state: 'grace' } });
  assert.deepEqual(fleet.get('1').channels.map(({ channel, state, name }) => [channel, state, name]), [[1, 'live', 'Front'], [2, 'requested', undefined]]);
});

test('trails are bounded and leave out what has no fix or did not move', () => {
  const fleet = loaded(vehicle('1'));
  for (let index = 0; index < 500; index++) fleet.accept({ type: 'vehicle.position', vehicle: '1', position: position({ latitude: 22 + index / 1000 }) });
  fleet.accept({ type: 'vehicle.position', vehicle: '1', position: position({ latitude: 22.499 }) });
  fleet.accept({ type: 'vehicle.position', vehicle: '1', position: position({ latitude: 0, longitude: 0, positioned: false }) });
  assert.equal(fleet.trail('1').length, 240);
  assert.equal(fleet.trail('1').at(-1).latitude, 22.499);
});

test('changes are told once per task', async () => {
  const fleet = new FleetDirectory();
  let changes = 0;
  fleet.addEventListener('change', () => { changes += 1; });
  fleet.replace([vehicle('1')], []);
  fleet.accept({ type: 'terminal.offline', terminal: { phone: '13800000001' } });
  await Promise.resolve();
  assert.equal(changes, 1);
});

test('conditions and their words', () => {
  const at = (changes, online = true) => ({ online, position: changes && position(changes) });
  assert.equal(conditionOf(at({})), 'driving');
  assert.equal(conditionOf(at({ speed_kmh: 1 })), 'standing');
  assert.equal(conditionOf(at(null)), 'unlocated');
  assert.equal(conditionOf(at({}, false)), 'offline');
  assert.equal(summaryOf(at({ speed_kmh: 61.6, direction: 350 })), '62 km/h N');
  assert.equal(summaryOf(at({ speed_kmh: 0, acc: false })), 'Parked, ignition off');
  assert.equal(directionWords(224), 'south-west');
  assert.equal(lastSeen({ position: position() }), Date.parse('2026-11-21T06:00:01Z'));
  assert.equal(lastSeen({ position: null }), null);
});

test('times and places in words', () => {
  const now = Date.parse('2026-11-21T06:00:00Z');
  assert.deepEqual([3, 42, 600, 7300, 200_000].map((seconds) => agoText(now - seconds * 1000, now)), ['just now', '42 s ago', '10 min ago', '2 h ago', '2 d ago']);
  assert.equal(utcText('2026-11-21T14:00:00+08:00'), '2026-11-21 06:00:00 UTC');
  assert.equal(utcText('never'), '');
  assert.equal(placeText(-33.86785, 151.20732), '33.86785° S, 151.20732° E');
  assert.equal(clockText({ device_time: '2026-11-21T14:00:05+08:00', received_at: '2026-11-21T06:00:00Z' }), '');
  assert.equal(clockText({ device_time: '2026-11-21T06:00:00+08:00', received_at: '2026-11-21T06:00:00Z' }), "The terminal's clock is 8 h behind");
  assert.equal(codeWords('gnss_antenna_open'), 'GNSS antenna open');
});

test('commands say what the form says', () => {
  assert.deepEqual(commandBody('photo', { channel: 2, count: 1 }), { type: 'photo', channel: 2, count: 1, resolution: 2 });
  assert.deepEqual(commandBody('text', { text: 'hello', display: true, speak: false, urgent: false }), { type: 'text', text: 'hello', display: true, speak: false, urgent: false });
  assert.deepEqual(commandBody('parameters.read', { ids: '0x0001, 85' }), { type: 'parameters.read', ids: [1, 85] });
  assert.deepEqual(commandBody('parameters.read', { ids: ' ' }), { type: 'parameters.read' });
  assert.throws(() => commandBody('parameters.read', { ids: 'speed' }), RangeError);
});

test('what became of a command', () => {
  assert.equal(outcomeOf({ state: 'acknowledged', result: 'success' }).good, true);
  assert.deepEqual(outcomeOf({ state: 'acknowledged', result: 'not_supported' }), { words: 'Refused', reason: 'The terminal does not support it.', good: false });
  assert.equal(outcomeOf({ state: 'timed_out', code: 'COMMAND_TIMED_OUT' }).good, false);
  assert.equal(outcomeOf({ state: 'sent' }).good, null);
});

test('a later word about a command wins, the newest stands first', () => {
  const old = { id: 'a', state: 'queued', created_at: '2026-11-21T06:00:00Z' };
  const merged = mergeCommands([old], { id: 'b', state: 'sent', created_at: '2026-11-21T06:01:00Z' }, { ...old, state: 'sent' });
  assert.deepEqual(merged.map(({ id, state }) => `${id} ${state}`), ['b sent', 'a sent']);
});

test('lists are read page by page, with the token', async () => {
  const asked = [];
  const api = new Api({ token: 'good', fetch: async (path, { headers }) => {
    asked.push(`${path} ${headers.Authorization}`);
    return new Response(JSON.stringify(path.includes('cursor=n%261') ? { items: [2] } : { items: [1], next: 'n&1' }));
  } });
  assert.deepEqual(await api.all('/api/v1/terminals?unknown=true'), [1, 2]);
  assert.deepEqual(asked, ['/api/v1/terminals?unknown=true&limit=500 Bearer good', '/api/v1/terminals?unknown=true&limit=500&cursor=n%261 Bearer good']);
});

test('refusals and silence are problems with a code', async () => {
  const refusing = new Api({ fetch: async () => new Response('{"code":"TERMINAL_OFFLINE","detail":"away"}', { status: 404 }) });
  await assert.rejects(refusing.post('/api/v1/terminals/1/commands', {}), { code: 'TERMINAL_OFFLINE', detail: 'away' });
  const away = new Api({ fetch: async () => { throw new TypeError('failed'); } });
  await assert.rejects(away.get('/api/v1/vehicles'), { code: 'SERVER_UNREACHABLE' });
});

test('knows from the description what the server offers', async () => {
  let asked = 0;
  const api = new Api({ fetch: async () => { asked += 1; return new Response('paths:\n  /api/v1/vehicles:\n    get: {}\n  /api/v1/terminals/{id}/commands:\n'); } });
  assert.equal(await api.offers('/api/v1/vehicles'), true);
  assert.equal(await api.offers('/api/v1/terminals/{id}/commands'), true);
  assert.equal(await api.offers('/api/v1/recordings'), false);
  assert.equal(asked, 1);
});

test('an ordered photo is followed to its picture or its reason', () => {
  assert.deepEqual(photoProgress(null, false, 0), { words: 'Asking the server', open: true, good: null });
  assert.equal(photoProgress({ state: 'queued' }, false, 10).words, 'Waiting to be sent');
  assert.equal(photoProgress({ state: 'sent' }, false, 10).words, 'The camera was asked');
  assert.equal(photoProgress({ state: 'acknowledged', result: 'success' }, false, 10).words, 'Taken, on its way');
  assert.deepEqual(photoProgress({ state: 'sent' }, true, 10), { words: 'The picture is here', open: false, good: true });
  assert.deepEqual(photoProgress({ state: 'failed', code: 'TERMINAL_OFFLINE' }, false, 10), { words: 'The terminal is not connected.', open: false, good: false });
  assert.equal(photoProgress({ state: 'acknowledged', result: 'success' }, false, 100_000).open, false);
});

test('pictures stand newest first, each once, and no more than are shown', () => {
  const picture = (id, at) => ({ id, at: `2026-11-21T06:00:${at}Z` });
  assert.deepEqual(mergeMedia([picture('a', '01')], picture('b', '03'), picture('a', '01')).map(({ id }) => id), ['b', 'a']);
  assert.equal(mergeMedia(Array.from({ length: 30 }, (_, i) => picture(`p${i}`, '01'))).length, 12);
  assert.equal(mediaTitle({ channel: 2, kind: 'picture', event: 'robbery_alarm' }), 'CH 2, robbery alarm');
  assert.equal(mediaTitle({ channel: 1, kind: 'sound', event: 'event_7' }), 'Sound, CH 1, event 7');
  assert.equal(isPicture({ kind: 'picture', format: 'tiff' }), false);
});

test('what was lost on the way is said as a number and a share', () => {
  assert.equal(lossText({ packets: 0, lost_packets: 0 }), 'Nothing yet');
  assert.equal(lossText({ packets: 950, lost_packets: 0 }), '950 packets, none lost');
  assert.equal(lossText({ packets: 950, lost_packets: 50 }), `50 of ${(1000).toLocaleString()} packets lost, 5.0 %`);
  assert.equal(lossText({ packets: 99_999, lost_packets: 1 }), `1 of ${(100_000).toLocaleString()} packets lost, 0.1 %`);
  assert.equal(damageText({ gaps: 0, damaged_frames: 0, timestamp_repairs: 0 }), '');
  assert.equal(damageText({ gaps: 1, damaged_frames: 3, timestamp_repairs: 2 }), '1 gap · 3 damaged pictures · 2 jumps of its clock');
});
