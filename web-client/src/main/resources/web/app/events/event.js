import { codeWords } from '../fleet/words.js';

/** Safety events in words, order and choice; no document. */
export const SEVERITIES = ['critical', 'warning', 'info'];
export const KINDS = { adas: 'Driver assistance', dsm: 'Driver', bsd: 'Blind spots', tpms: 'Tyres', driving: 'Driving', alarm: 'Alarms', video: 'Video', other: 'Other' };

const WORDS = {
  'adas.lane_departure': 'Lane departure', 'adas.headway': 'Following too close', 'adas.pedestrian': 'Pedestrian ahead', 'adas.forward_collision': 'Forward collision',
  'dsm.phone': 'Phone at the wheel', 'dsm.driver_abnormal': 'Driver absent or abnormal', 'dsm.fatigue': 'Driver tired', 'dsm.smoking': 'Smoking', 'dsm.distraction': 'Driver distracted', 'dsm.seat_belt': 'No seat belt',
  'bsd.rear': 'Blind spot, rear', 'bsd.left': 'Blind spot, left', 'bsd.right': 'Blind spot, right',
};
const REASONS = {
  NOTHING_LIVE: 'No camera was live then. It can be fetched from the terminal later.', NOT_LIVE_ALL_THE_TIME: 'The camera was live for a part of it.', NOT_WRITTEN: 'It could not be written.',
};

/** `Lane departure, left` */
export function eventWords({ type = 'other.event', metadata = {} }) {
  const [kind, subtype = ''] = type.split('.');
  const words = WORDS[type] ?? codeWords(subtype || kind);
  const side = metadata[kind]?.side;
  return typeof side === 'string' && side !== '' && side !== 'none' ? `${words}, ${side}` : words;
}

export function kindOf({ type = 'other' }) {
  return type.split('.')[0];
}

/** Newest first; the same moment by id. */
export function newestFirst(a, b) {
  return (b.ms ?? Date.parse(b.timestamp)) - (a.ms ?? Date.parse(a.timestamp)) || (a.id < b.id ? 1 : -1);
}

export function isOpen(event) {
  return !event.acknowledgedAt && !event.falseAlarm;
}

/** `{ severity, kind, state }`, each '' for all; state `open`, `acknowledged` or `false_alarm`. */
export function matches(event, { severity, kind, state }) {
  return (!severity || event.severity === severity) && (!kind || kindOf(event) === kind) && (!state || state === stateOf(event));
}

export function stateOf(event) {
  if (event.falseAlarm) return 'false_alarm';
  return event.acknowledgedAt ? 'acknowledged' : 'open';
}

/** Facts of an event for people: pairs of a name and a text. */
export function factsOf({ metadata = {}, location = {}, source, deviceId }) {
  const facts = [];
  const add = (name, value, unit = '') => { if (value !== undefined && value !== null && value !== '') facts.push([name, `${value}${unit}`]); };
  add('Terminal', deviceId);
  add('Reported by', source);
  add('Speed', location.speed, ' km/h');
  for (const details of ['adas', 'dsm', 'bsd', 'tpms', 'driving', 'video', 'alarm'].map((each) => metadata[each])) {
    if (details === null || typeof details !== 'object') continue;
    for (const [name, value] of Object.entries(details)) {
      if (['string', 'number', 'boolean'].includes(typeof value)) add(codeWords(name), value);
      else if (Array.isArray(value)) add(codeWords(name), value.map((each) => (typeof each === 'object' ? Object.entries(each).map(([key, one]) => `${codeWords(key).toLowerCase()} ${one}`).join(', ') : each)).join(' · '));
    }
  }
  return facts;
}

/** Why a file is not there, or not whole; '' if it is. */
export function reasonWords({ state, reason }) {
  if (state === 'complete') return '';
  if (reason && REASONS[reason]) return REASONS[reason];
  return { requested: 'On its way', receiving: 'Coming in', partial: 'Only a part of it came', failed: 'It did not come', awaiting_device: REASONS.NOTHING_LIVE }[state] ?? '';
}
