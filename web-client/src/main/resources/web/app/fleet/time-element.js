import { element, setText } from '../dom.js';
import { agoText, timeText, utcText } from './words.js';

/** A `<time>` in words; the exact time in UTC and in the viewer's zone stands in its tooltip. */
export function timeElement(time = null) {
  const made = element('time', {});
  showTime(made, time);
  return made;
}

export function showTime(node, time) {
  const known = time !== null && Number.isFinite(new Date(time).getTime());
  setText(node, known ? agoText(new Date(time).getTime()) : '');
  const exact = known ? `${timeText(time)} here, ${utcText(time)}` : '';
  if (node.title === exact) return;
  node.title = exact;
  if (known) node.dateTime = new Date(time).toISOString();
}
