/** Viewings in figures and words; no document. */

/** What is known of the viewings, in the middle: medians, and how many stood still. */
export function summaryOf(viewings) {
  const told = viewings.filter(({ player }) => player);
  const stood = told.filter(({ player }) => player.freezes > 0);
  return [
    { name: 'Viewings', value: String(viewings.length) },
    { name: 'First picture', value: millis(median(told.map(({ player }) => player.first_frame_ms))), note: 'median' },
    { name: 'Stood still', value: told.length === 0 ? '–' : `${stood.length} of ${told.length}`, note: stood.length === 0 ? '' : `${seconds(sum(stood.map(({ player }) => player.freeze_ms)))} in all` },
    { name: 'Round trip', value: millis(median(viewings.map((each) => each.mean_round_trip_ms ?? each.round_trip_ms))), note: 'median' },
    { name: 'Loss', value: percent(median(viewings.map((each) => each.mean_loss ?? each.loss))), note: 'median, before repair' },
    { name: 'Camera to screen', value: millis(median(viewings.map((each) => each.glass_to_glass_ms))), note: 'median, where clocks tell' },
  ];
}

/** The cells of one viewing, in the order of `COLUMNS`. */
export function cellsOf(viewing, { timeText }) {
  const { player } = viewing;
  const lasted = (Date.parse(viewing.ended_at ?? new Date().toISOString()) - Date.parse(viewing.since)) / 1000;
  return [
    timeText(viewing.since),
    spanText(lasted),
    viewing.path ? viewing.path.transport.toUpperCase() : '–',
    millis(player?.first_frame_ms ?? null),
    player?.freezes === undefined || player.freezes === null ? '–' : player.freezes === 0 ? 'none' : `${player.freezes}, ${seconds(player.freeze_ms)}`,
    number(player?.frame_rate ?? viewing.frame_rate),
    millis(viewing.mean_round_trip_ms ?? viewing.round_trip_ms),
    percent(viewing.mean_loss ?? viewing.loss),
    viewing.estimate_bit_rate ? `${(viewing.estimate_bit_rate / 1e6).toFixed(1)} Mbit/s` : 'no limit seen',
    millis(viewing.glass_to_glass_ms),
    { full: 'everything', thinned: 'thinned out', sub: 'sub-stream' }[viewing.quality] ?? viewing.quality,
    viewing.end ? viewing.end.replaceAll('_', ' ') : viewing.state,
  ];
}

export const COLUMNS = ['Since', 'For', 'Way', 'First picture', 'Stood still', 'Pictures/s', 'Round trip', 'Loss', 'Path carries', 'Camera to screen', 'Sent', 'State'];

/** The middle one of what is known; null if nothing is. */
export function median(values) {
  const known = values.filter(Number.isFinite).sort((a, b) => a - b);
  return known.length === 0 ? null : known[Math.floor((known.length - 1) / 2)];
}

/** `42 s`, `7 min`, `2 h 5 min` */
export function spanText(lasted) {
  if (!Number.isFinite(lasted) || lasted < 0) return '–';
  if (lasted < 90) return `${Math.round(lasted)} s`;
  const minutes = Math.round(lasted / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function sum(values) {
  return values.filter(Number.isFinite).reduce((all, each) => all + each, 0);
}

function millis(value) {
  if (!Number.isFinite(value)) return '–';
  return value < 10_000 ? `${Math.round(value)} ms` : seconds(value);
}

function seconds(ms) {
  return Number.isFinite(ms) ? `${(ms / 1000).toFixed(1)} s` : '–';
}

function percent(part) {
  return Number.isFinite(part) ? `${(part * 100).toFixed(part > 0 && part < 0.1 ? 1 : 0)} %` : '–';
}

function number(value) {
  return Number.isFinite(value) ? value.toFixed(1) : '–';
}
