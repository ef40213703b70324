const DRIVING_KMH = 3;

/**
 * What an entry of the fleet is doing: `driving`, `standing`, `unlocated` (online without a position yet) or `offline`.
 * Alarms do not change it; they are shown beside it.
 */
export function conditionOf({ online, position }) {
  if (!online) return 'offline';
  if (!position) return 'unlocated';
  return (position.speed_kmh ?? 0) >= DRIVING_KMH ? 'driving' : 'standing';
}

export const CONDITION_WORDS = Object.freeze({ driving: 'Driving', standing: 'Standing', unlocated: 'Online', offline: 'Offline' });

/** One line under a name: `Driving, 62 km/h`, `Standing, ignition on`, `Offline`. */
export function summaryOf(entry) {
  const { position } = entry;
  switch (conditionOf(entry)) {
    case 'driving':
      return `${Math.round(position.speed_kmh)} km/h ${compass(position.direction)}`.trim();
    case 'standing':
      return position.acc === undefined ? 'Standing' : position.acc ? 'Standing, ignition on' : 'Parked, ignition off';
    case 'unlocated':
      return 'Online, no position yet';
    default:
      return 'Offline';
  }
}

/** When something was last heard of it, as milliseconds, or null. */
export function lastSeen({ position, terminal }) {
  const times = [position?.received_at, position?.at, terminal?.last_seen_at].map((each) => Date.parse(each)).filter(Number.isFinite);
  return times.length > 0 ? Math.max(...times) : null;
}

const POINTS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];
const LETTERS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

export function directionWords(degrees) {
  return Number.isFinite(degrees) ? POINTS[Math.round(degrees / 45) & 7] : '';
}

function compass(degrees) {
  return Number.isFinite(degrees) ? LETTERS[Math.round(degrees / 45) & 7] : '';
}
