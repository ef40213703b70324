/** Times, places and names in words; no document. */
export function agoText(then, now = Date.now()) {
  const seconds = Math.round((now - then) / 1000);
  if (seconds < -90) return 'in the future';
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** In the viewer's zone and customs: time alone for today, with the date otherwise. */
export function timeText(time, now = Date.now()) {
  const date = new Date(time);
  if (!Number.isFinite(date.getTime())) return '';
  const sameDay = date.toDateString() === new Date(now).toDateString();
  return sameDay ? date.toLocaleTimeString() : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Exact, for a tooltip: `2026-11-21 06:11:43 UTC`. */
export function utcText(time) {
  const date = new Date(time);
  return Number.isFinite(date.getTime()) ? `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC` : '';
}

/** `22.54312° N, 114.05790° E` */
export function placeText(latitude, longitude) {
  return `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? 'S' : 'N'}, ${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? 'W' : 'E'}`;
}

/** How far the terminal's clock is from ours, when that is worth saying; else ''. */
export function clockText({ device_time: deviceTime, received_at: receivedAt, backlog }) {
  if (!deviceTime || !receivedAt || backlog) return '';
  const off = Math.round((Date.parse(deviceTime) - Date.parse(receivedAt)) / 1000);
  if (!Number.isFinite(off) || Math.abs(off) < 120) return '';
  return `The terminal's clock is ${spanText(Math.abs(off))} ${off > 0 ? 'ahead' : 'behind'}`;
}

function spanText(seconds) {
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

const ABBREVIATIONS = { gnss: 'GNSS', tts: 'TTS', ic: 'IC', vss: 'VSS', lcd: 'LCD' };

/** `main_power_lost` as `Main power lost`. */
export function codeWords(code) {
  const words = String(code).toLowerCase().split(/[_\s-]+/).map((word) => ABBREVIATIONS[word] ?? word).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
