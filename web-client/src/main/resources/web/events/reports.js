import { eventWords, KINDS } from '../app/events/event.js';
import { codeWords } from '../app/fleet/words.js';

/** Reports of events in words and figures; no document. */
export const BY = { vehicle: 'Vehicle', group: 'Group', kind: 'Kind', type: 'Type', severity: 'Severity', day: 'Day', hour: 'Hour', terminal: 'Terminal' };
export const ORDER = { count: 'Most alarms', rate: 'Most per 100 km', key: 'By name' };
export const COLUMNS = ['Alarms', 'Critical', 'Warning', 'Info', 'False', 'Kilometres', 'Per 100 km'];

/** The search of a report: what is asked for, without what is left open. */
export function searchOf({ by = 'vehicle', order = 'count', from = '', to = '', vehicle = '', group = '', kind = '', severity = '' }, more = {}) {
  const search = new URLSearchParams({ by, order, ...more });
  for (const [name, value] of Object.entries({ vehicle, group, kind, severity })) if (value) search.set(name, value);
  for (const [name, value] of Object.entries({ from, to })) if (value) search.set(name, new Date(value).toISOString());
  return search;
}

/** The name of a line: vehicles and groups by what they are called. */
export function nameOf(key, by, names) {
  if (key === undefined) return { vehicle: 'Of no vehicle', group: 'Of no group' }[by] ?? 'Of none';
  if (by === 'vehicle' || by === 'group') return names.get(key) ?? key;
  if (by === 'type') return eventWords({ type: key });
  if (by === 'kind') return KINDS[key] ?? codeWords(key);
  if (by === 'hour' || by === 'day') return key.replace('T', ' ').replace(/:\d\dZ$|Z$/, '');
  return by === 'terminal' ? key : codeWords(key);
}

export function cellsOf({ events, critical, warning, info, false_alarms: wrong, kilometres, per_100_km: rate }) {
  return [events, critical, warning, info, wrong].map(String).concat([known(kilometres, 0), known(rate, 1)]);
}

/** Sums that stand above the table; `severities` are the lines of the same search by severity. */
export function summaryOf(lines, by) {
  const sum = (name) => lines.reduce((all, each) => all + (each[name] ?? 0), 0);
  const driven = by === 'vehicle' ? sum('kilometres') : Math.max(0, ...lines.map(({ kilometres }) => kilometres ?? 0));
  const valid = sum('events') - sum('false_alarms');
  return [
    { name: 'Alarms', value: String(sum('events')) },
    { name: 'Critical', value: String(sum('critical')) },
    { name: 'False alarms', value: String(sum('false_alarms')) },
    { name: 'Driven', value: driven > 0 ? `${Math.round(driven)} km` : '–' },
    { name: 'Per 100 km', value: driven > 0 ? ((valid * 100) / driven).toFixed(1) : '–' },
  ];
}

function known(value, digits) {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}
