/** The lanes of a vehicle's time line as numbers between 0 and 1; no document. */

/** Where a moment, as text or in milliseconds, is between two others. */
export function shareOf(time, from, to) {
  const ms = typeof time === 'number' ? time : Date.parse(time);
  return Math.min(1, Math.max(0, (ms - from) / (to - from)));
}

/** The path of the speed in a box of that size; a pause of the reports is a gap. */
export function speedPath(positions, { from, to, width, height, pauseMs = 300_000 }) {
  const top = Math.max(30, ...positions.map(({ speed_kmh: speed }) => speed ?? 0));
  let before = -Infinity;
  return positions.filter(({ speed_kmh: speed }) => Number.isFinite(speed)).map(({ at, speed_kmh: speed }) => {
    const time = Date.parse(at);
    const step = time - before > pauseMs ? 'M' : 'L';
    before = time;
    return `${step}${(shareOf(at, from, to) * width).toFixed(1)} ${(height - (speed / top) * (height - 4)).toFixed(1)}`;
  }).join('');
}

/** Spans of all cameras: `{ stream, left, width }`, shares of the time. */
export function spansOf(recordings, from, to) {
  return recordings.flatMap(({ stream, quality, spans }) => spans.map((span) => {
    const left = shareOf(span.from, from, to);
    return { stream: quality === 'sub' ? `${stream}@sub` : stream, left, width: shareOf(span.to, from, to) - left };
  })).filter(({ width }) => width > 0);
}

/** Marks under a line: about `count` round hours or minutes. */
export function ticksOf(from, to, count = 8) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * 60_000);
  const step = steps.find((each) => (to - from) / each <= count) ?? steps.at(-1);
  const ticks = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) ticks.push(time);
  return ticks;
}
