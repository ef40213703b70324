import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventWords, factsOf, isOpen, matches, reasonWords, stateOf } from '../src/main/resources/web/app/events/event.js';
import { EventDirectory } from '../src/main/resources/web/app/events/event-directory.js';

const event = (id, seconds, more = {}) => ({ id, type: 'dsm.fatigue', severity: 'warning', timestamp: new Date(seconds * 1000).toISOString(), deviceId: '1', ...more });

test('events are told in words, known or not', () => {
  assert.equal(eventWords({ type: 'dsm.fatigue' }), 'Driver tired');
  assert.equal(eventWords({ type: 'adas.lane_departure', metadata: { adas: { side: 'left' } } }), 'Lane departure, left');
  assert.equal(eventWords({ type: 'alarm.gnss_antenna_open' }), 'GNSS antenna open');
  assert.equal(eventWords({ type: 'adas.unknown' }), 'Unknown');
  assert.equal(eventWords({}), 'Event');
});

test('states and filters', () => {
  const handled = event('a', 1, { acknowledgedAt: '2026-01-01T00:00:00Z' });
  assert.equal(stateOf(handled), 'acknowledged');
  assert.equal(isOpen(event('b', 1, { falseAlarm: true })), false);
  assert.ok(matches(event('c', 1), { severity: 'warning', kind: 'dsm', state: 'open' }));
  assert.ok(!matches(event('c', 1), { severity: '', kind: 'adas', state: '' }));
});

test('facts are what the terminal told, whatever it told', () => {
  const facts = factsOf({ deviceId: '13912345678', location: { speed: 62 }, metadata: { tpms: { wheels: [{ position: 1, pressure: 520 }] }, dsm: null } });
  assert.deepEqual(facts, [['Terminal', '13912345678'], ['Speed', '62 km/h'], ['Wheels', 'position 1, pressure 520']]);
});

test('a file that is not whole says why', () => {
  assert.equal(reasonWords({ state: 'complete' }), '');
  assert.match(reasonWords({ state: 'awaiting_device', reason: 'NOTHING_LIVE' }), /No camera was live/);
  assert.equal(reasonWords({ state: 'requested' }), 'On its way');
});

test('the newest come first, once each, and the oldest go', () => {
  const directory = new EventDirectory();
  const fresh = [];
  directory.addEventListener('fresh', ({ detail }) => fresh.push(detail.id));
  directory.add([event('a', 10), event('b', 20)]);
  directory.accept(event('c', 30));
  directory.accept({ ...event('b', 20), acknowledgedAt: '2026-01-01T00:00:00Z' });
  assert.deepEqual(directory.all().map(({ id }) => id), ['c', 'b', 'a']);
  assert.deepEqual(fresh, ['c']);
  assert.equal(stateOf(directory.get('b')), 'acknowledged');
  for (let i = 0; i < 2000; i += 1) directory.accept(event(`n${i}`, 100 + i));
  assert.ok(directory.all().length <= 1200);
  assert.equal(directory.all()[0].id, 'n1999');
  assert.equal(directory.get('a'), null);
});

test('what is too old to be kept in a flood is news to nobody', () => {
  const directory = new EventDirectory();
  const told = [];
  directory.addEventListener('fresh', ({ detail }) => told.push(detail));
  for (let i = 0; i < 1200; i++) directory.accept(event(`e${i}`, 10_000 + i));
  directory.accept(event('late', 1));
  assert.equal(told.length, 1200);
  assert.ok(told.every((each) => each !== null));
  assert.equal(directory.get('late'), null);
  assert.equal(directory.all().length, 1000);
});
