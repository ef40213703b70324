import assert from 'node:assert/strict';
import test from 'node:test';
import { shareOf, spansOf, speedPath, ticksOf } from '../src/main/resources/web/events/lanes.js';
import { cellsOf, COLUMNS, nameOf, searchOf, summaryOf } from '../src/main/resources/web/events/reports.js';

const LINES = [
  { key: 'a', events: 8, info: 1, warning: 4, critical: 3, false_alarms: 2, kilometres: 300, per_100_km: 2 },
  { events: 2, info: 0, warning: 2, critical: 0, false_alarms: 0 },
];

test('a report asks for what was chosen and leaves the rest open', () => {
  assert.equal(String(searchOf({ by: 'kind', order: 'rate', vehicle: '', kind: 'dsm', severity: '' })), 'by=kind&order=rate&kind=dsm');
  const search = searchOf({ from: '2026-03-01T00:00Z' }, { format: 'csv', limit: 500 });
  assert.equal(search.get('from'), '2026-03-01T00:00:00.000Z');
  assert.equal(search.get('format'), 'csv');
  assert.equal(search.has('to'), false);
});

test('lines have names, and dashes for what is not known', () => {
  const names = new Map([['a', 'RC-1 · Express']]);
  assert.deepEqual([nameOf('a', 'vehicle', names), nameOf('b', 'vehicle', names), nameOf(undefined, 'vehicle', names)], ['RC-1 · Express', 'b', 'Of no vehicle']);
  assert.deepEqual([nameOf('dsm.phone', 'type', names), nameOf('dsm.phone_play', 'type', names), nameOf('tpms', 'kind', names)], ['Phone at the wheel', 'Phone play', 'Tyres']);
  assert.equal(nameOf('139', 'terminal', names), '139');
  assert.equal(cellsOf(LINES[0]).length, COLUMNS.length);
  assert.deepEqual(cellsOf(LINES[0]), ['8', '3', '4', '1', '2', '300', '2.0']);
  assert.deepEqual(cellsOf(LINES[1]).slice(5), ['–', '–']);
});

test('the figures add up; false alarms are no part of the rate', () => {
  const value = (by, name) => summaryOf(LINES, by).find((each) => each.name === name).value;
  assert.equal(value('vehicle', 'Alarms'), '10');
  assert.equal(value('vehicle', 'Per 100 km'), '2.7');
  assert.equal(summaryOf([LINES[0], LINES[0]], 'kind')[3].value, '300 km');
  assert.equal(summaryOf([], 'vehicle')[4].value, '–');
});

test('lanes are shares of the time', () => {
  const from = Date.parse('2026-03-01T00:00:00Z');
  const to = from + 3_600_000;
  assert.equal(shareOf('2026-03-01T00:30:00Z', from, to), 0.5);
  assert.equal(shareOf('2026-03-02T00:30:00Z', from, to), 1);
  assert.equal(shareOf(from + 900_000, from, to), 0.25);
  const spans = spansOf([{ stream: '139-1', quality: 'sub', spans: [{ from: '2026-02-28T23:00:00Z', to: '2026-03-01T00:15:00Z' }, { from: '2026-03-01T02:00:00Z', to: '2026-03-01T03:00:00Z' }] }], from, to);
  assert.deepEqual(spans, [{ stream: '139-1@sub', left: 0, width: 0.25 }]);
  assert.equal(ticksOf(from, to).length, 7);
});

test('a pause of the reports is a gap in the line of the speed', () => {
  const from = Date.parse('2026-03-01T00:00:00Z');
  const at = (minutes, speed) => ({ at: new Date(from + minutes * 60_000).toISOString(), speed_kmh: speed });
  const path = speedPath([at(0, 0), at(1, 60), at(2, undefined), at(30, 30)], { from, to: from + 3_600_000, width: 100, height: 50 });
  assert.equal(path, 'M0.0 50.0L1.7 4.0M50.0 27.0');
});
