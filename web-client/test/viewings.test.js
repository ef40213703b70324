import assert from 'node:assert/strict';
import test from 'node:test';
import { cellsOf, COLUMNS, median, spanText, summaryOf } from '../src/main/resources/web/viewings/figures.js';

const VIEWING = {
  id: 'a', state: 'closed', since: '2026-01-31T12:00:00Z', ended_at: '2026-01-31T12:07:10Z', end: 'consent_expired', codec: 'H264',
  mean_round_trip_ms: 48, mean_loss: 0.0213, frame_rate: 0, path: { transport: 'udp', remote: '192.0.2.7:50000' }, quality: 'thinned',
  estimate_bit_rate: 1_560_000, glass_to_glass_ms: 312, player: { first_frame_ms: 163.4, freezes: 2, freeze_ms: 1340, frame_rate: 24.96 },
};

test('a viewing in words', () => {
  const cells = cellsOf(VIEWING, { timeText: () => 'noon' });
  assert.equal(cells.length, COLUMNS.length);
  assert.deepEqual(cells, ['noon', '7 min', 'UDP', '163 ms', '2, 1.3 s', '25.0', '48 ms', '2.1 %', '1.6 Mbit/s', '312 ms', 'thinned out', 'consent expired']);
});

test('what is not known is a dash, never a number', () => {
  const cells = cellsOf({ since: '2026-01-31T12:00:00Z', ended_at: '2026-01-31T12:00:01Z', end: 'never_connected', frame_rate: 0, quality: 'full' }, { timeText: () => '' });
  assert.deepEqual(cells.slice(2, 5), ['–', '–', '–']);
  assert.deepEqual(cells.slice(6), ['–', '–', 'no limit seen', '–', 'everything', 'never connected']);
});

test('the figures are medians of what is known', () => {
  assert.equal(median([null, 5, undefined, 1, 9]), 5);
  assert.equal(median([]), null);
  const figures = summaryOf([VIEWING, { ...VIEWING, player: { first_frame_ms: 90, freezes: 0, freeze_ms: 0 } }, { ...VIEWING, player: undefined }]);
  const value = (name) => figures.find((each) => each.name === name).value;
  assert.equal(value('Viewings'), '3');
  assert.equal(value('First picture'), '90 ms');
  assert.equal(value('Stood still'), '1 of 2');
  assert.equal(summaryOf([])[1].value, '–');
});

test('lengths of time', () => {
  assert.deepEqual([3, 89, 90, 5399, 5400, 7500, -1, NaN].map(spanText), ['3 s', '89 s', '2 min', '1 h 30 min', '1 h 30 min', '2 h 5 min', '–', '–']);
});
