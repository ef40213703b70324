import { outcomeOf } from './commands.js';
import { codeWords } from './words.js';

/** What terminals recorded and sent, in words and order; no document. */
const SHOWN = 12;
const SHOWABLE = new Set(['jpeg']);
/** A camera that said it took a picture needs this long at most to send it over a slow network. */
const PATIENCE_MS = 90_000;

/** Newest first, one per id, as many as the strip shows. */
export function mergeMedia(known, ...told) {
  const byId = new Map([...known, ...told].map((each) => [each.id, each]));
  return [...byId.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1)).slice(0, SHOWN);
}

/** Whether a browser shows it as a picture. */
export function isPicture({ kind, format }) {
  return kind === 'picture' && SHOWABLE.has(format);
}

/** `CH 2, timed` */
export function mediaTitle({ channel, kind, event }) {
  const what = kind === 'picture' ? '' : `${codeWords(kind)}, `;
  const why = { ordered: 'ordered', timed: 'timed', robbery_alarm: 'robbery alarm', collision_or_rollover: 'collision or rollover' }[event] ?? codeWords(event).toLowerCase();
  return `${what}CH ${channel}, ${why}`;
}

export function sizeText(bytes) {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * How far a photo that was ordered is: `{words, open, good}`; open while something may still come.
 *
 * @param command as the API tells it, or null while it is being asked for
 * @param arrived whether a picture of it is there
 * @param sinceMs how long ago it was ordered
 */
export function photoProgress(command, arrived, sinceMs) {
  if (arrived) return { words: 'The picture is here', open: false, good: true };
  if (command === null) return { words: 'Asking the server', open: true, good: null };
  const { reason, good } = outcomeOf(command);
  if (good === false) return { words: reason || 'The camera did not take it.', open: false, good: false };
  if (sinceMs > PATIENCE_MS) return { words: 'No picture came. It is shown when it does.', open: false, good: false };
  if (command.state === 'acknowledged') return { words: 'Taken, on its way', open: true, good: null };
  return { words: command.state === 'sent' ? 'The camera was asked' : 'Waiting to be sent', open: true, good: null };
}
