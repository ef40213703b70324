import assert from 'node:assert/strict';
import test from 'node:test';
import { beginning, dayBounds, dayOf, lengthText, lineOf, nextRecorded, partsOf, rulerStep, secondOf, spanAt, wallOf, weeksOf } from '../src/main/resources/web/recordings/moments.js';
import { picturesOf, ScrubPictures } from '../src/main/resources/web/player/scrub-pictures.js';

const START = Date.parse('2026-01-31T12:00:00Z');
/** Two parts of 4 s, a minute that is missing, one more. */
const PARTS = partsOf([{ start: 0, duration: 4, programDateTime: START }, { start: 4, duration: 4, programDateTime: START + 4000 }, { start: 8, duration: 4, programDateTime: START + 68_000 }]);

test('seconds of a player are moments, and back, over a gap', () => {
  for (const [second, wall] of [[0, 0], [5.5, 5500], [8, 68_000], [11, 71_000]]) {
    assert.equal(wallOf(PARTS, second), START + wall);
    assert.deepEqual(secondOf(PARTS, START + wall), { second, wall: START + wall });
  }
});

test('a moment in a gap is the first picture behind it, one behind the end is none', () => {
  assert.deepEqual(secondOf(PARTS, START + 30_000), { second: 8, wall: START + 68_000 });
  assert.deepEqual(secondOf(PARTS, START - 5000), { second: 0, wall: START });
  assert.equal(secondOf(PARTS, START + 72_000), null);
  assert.equal(wallOf([], 3), null);
});

test('the next recorded moment is that of any line', () => {
  const lines = [{ spans: [{ from: 10, to: 20 }, { from: 50, to: 60 }] }, { spans: [{ from: 30, to: 40 }] }];
  assert.deepEqual([0, 15, 20, 35, 45, 60].map((wall) => nextRecorded(lines, wall)), [10, 15, 30, 35, 50, null]);
  assert.equal(spanAt(lines[0].spans, 20), null);
  assert.equal(spanAt(lines[0].spans, 50), lines[0].spans[1]);
});

test('a day begins with the last of those that begin at once', () => {
  const line = (...spans) => ({ spans: spans.map(([from, to]) => ({ from, to })) });
  assert.equal(beginning([line([1000, 90_000]), line([2500, 90_000]), line([20_000, 90_000])], 0), 2500);
  assert.equal(beginning([line([1000, 90_000]), line([2500, 90_000])], 5000), 5000);
  assert.equal(beginning([line([1000, 1500]), line()], 0), 1000);
  assert.equal(beginning([line([1000, 1500]), line([2500, 3000])], 4000), null);
});

test('times of the API become milliseconds', () => {
  const { spans } = lineOf({ stream: '139-1', quality: 'main', spans: [{ source: 'server', from: '2026-01-31T12:00:00Z', to: '2026-01-31T12:00:02.5Z' }] });
  assert.deepEqual(spans, [{ source: 'server', from: START, to: START + 2500 }]);
});

test('days and months are the viewer\'s', () => {
  const { from, to } = dayBounds('2026-01-31');
  assert.equal(dayOf(from), '2026-01-31');
  assert.equal(dayOf(to), '2026-02-01');
  const days = weeksOf(2026, 1);
  assert.equal(days.length % 7, 0);
  assert.equal(days[0], '2026-01-26');
  assert.ok(days.includes('2026-02-28'));
});

test('marks of a ruler are few and round', () => {
  assert.equal(rulerStep(86_400_000, 14), 7_200_000);
  assert.equal(rulerStep(600_000, 6), 120_000);
});

test('lengths in words', () => {
  assert.deepEqual([9000, 250_000, 3_780_000].map(lengthText), ['9 s', '4 min 10 s', '1 h 03 min']);
});

const CUES = `WEBVTT

00:00:00.000 --> 00:00:10.000
/api/v1/recordings/a/sprite.jpg?sheet=0&signature=x#xywh=0,0,160,90

00:00:10.000 --> 00:00:12.500
/api/v1/recordings/a/sprite.jpg?sheet=0&signature=x#xywh=160,0,160,90
`;

test('cues say where small pictures are', () => {
  const pictures = picturesOf(CUES, START);
  assert.equal(pictures.length, 2);
  assert.deepEqual(pictures[1], { from: START + 10_000, to: START + 12_500, url: '/api/v1/recordings/a/sprite.jpg?sheet=0&signature=x', x: 160, y: 0, width: 160, height: 90 });
  assert.deepEqual(picturesOf('<html>', START), []);
});

test('an hour is asked for once, and a failure is no picture', async () => {
  let asked = 0;
  const pictures = new ScrubPictures(async () => { asked += 1; return CUES; });
  assert.equal((await pictures.near('139-1', 'main', START + 11_000)).x, 160);
  assert.equal((await pictures.near('139-1', 'main', START + 1000)).x, 0);
  assert.equal(await pictures.near('139-1', 'main', START + 60_000), null);
  assert.equal(asked, 1);
  const failing = new ScrubPictures(async () => { throw new Error('gone'); });
  assert.equal(await failing.near('139-1', 'main', START), null);
});
