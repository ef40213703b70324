/** Times of recordings: between the clock on the wall and the seconds of a player. No document. */

/**
 * Where the parts of a playlist are, from what hls.js tells of it: `[{start, end, at}]` in seconds of the player and
 * milliseconds since 1970, in order.
 */
export function partsOf(fragments) {
  return fragments.filter((each) => Number.isFinite(each.programDateTime)).map((each) => ({ start: each.start, end: each.start + each.duration, at: each.programDateTime }));
}

/** When the picture at this second was taken; null before there are parts. */
export function wallOf(parts, second) {
  const part = parts.findLast((each) => each.start <= second + 0.001) ?? parts[0];
  return part ? part.at + Math.min(second - part.start, part.end - part.start) * 1000 : null;
}

/** The second of a moment: `{second, wall}`; in a gap the first picture behind it, null behind the end. */
export function secondOf(parts, wall) {
  for (const part of parts) {
    const end = part.at + (part.end - part.start) * 1000;
    if (wall >= end) continue;
    const within = Math.max(0, wall - part.at);
    return { second: part.start + within / 1000, wall: part.at + within };
  }
  return null;
}

/** The span of a line that a moment is in, else null. */
export function spanAt(spans, wall) {
  return spans.find((each) => each.from <= wall && wall < each.to) ?? null;
}

/** The first moment at or behind this one that some line has pictures of; null if none has. */
export function nextRecorded(lines, wall) {
  let best = null;
  for (const line of lines) {
    for (const { from, to } of line.spans) {
      const moment = wall < from ? from : wall < to ? wall : null;
      if (moment !== null && (best === null || moment < best)) best = moment;
    }
  }
  return best;
}

/** Lines whose first pictures are no further apart begin at once. */
const TOGETHER_MS = 10_000;

/** Where it begins from here on: with the last of those that begin at once, so that none of them is empty; null if none has any. */
export function beginning(lines, wall) {
  const first = nextRecorded(lines, wall);
  if (first === null) return null;
  const moments = lines.map((line) => nextRecorded([line], wall) ?? first);
  return Math.max(...moments.filter((moment) => moment - first <= TOGETHER_MS));
}

/** A line of the API with its times as milliseconds. */
export function lineOf(line) {
  const spans = line.spans.map((each) => ({ ...each, from: Date.parse(each.from), to: Date.parse(each.to) }));
  return { stream: line.stream, quality: line.quality, spans };
}

/** Midnight of a day in the viewer's zone, and of the one after it: days have 23 to 25 hours. */
export function dayBounds(day) {
  const [year, month, date] = day.split('-').map(Number);
  return { from: new Date(year, month - 1, date).getTime(), to: new Date(year, month - 1, date + 1).getTime() };
}

/** `2026-01-31` in the viewer's zone. */
export function dayOf(time) {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `14:03:09` in the viewer's zone. */
export function clockText(time) {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `1 h 03 min`, `4 min 10 s`, `9 s` */
export function lengthText(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s` : `${seconds} s`;
}

/** How far apart the marks of a ruler are, so that there are few enough of them. */
export function rulerStep(milliseconds, marks) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600].map((each) => each * 1000);
  return steps.find((each) => milliseconds / each <= marks) ?? steps.at(-1);
}

/** The days that a month's page shows, whole weeks from Monday on, as `2026-01-31`. */
export function weeksOf(year, month) {
  const first = new Date(year, month, 1);
  const before = (first.getDay() + 6) % 7;
  const length = new Date(year, month + 1, 0).getDate();
  return Array.from({ length: Math.ceil((before + length) / 7) * 7 }, (_, index) => dayOf(new Date(year, month, 1 - before + index, 12)));
}

function two(number) {
  return String(number).padStart(2, '0');
}
